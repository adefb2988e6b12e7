package dev.dwata.gateway.agui;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.api.PayloadDigest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Begins runs with messages. The client's name of its run is the key under which a message is taken once.
final class ChatRuns {
    private final LocalRuntime runtime;
    private final Store store;
    private final Threads threads;
    private final LentTools tools;
    private final Enclosed enclosed;

    ChatRuns(LocalRuntime runtime, Store store, Threads threads, LentTools tools) {
        this.runtime = runtime;
        this.store = store;
        this.threads = threads;
        this.tools = tools;
        this.enclosed = new Enclosed(store);
    }

    /// Which run of which client is to be begun.
    ///
    /// @param threadId what the client calls the session
    record Named(Principal owner, String threadId, RunName name) {}

    /// @throws AgentException with why the message is not taken
    Segment ask(Named wanted, ChatRequest request) {
        Optional<SessionInfo> known = threads.find(wanted.owner(), wanted.threadId());
        try {
            return ask(
                    wanted,
                    request,
                    known.map(SessionInfo::id).orElseGet(() -> threads.idFor(wanted.owner(), wanted.threadId())));
        } catch (AgentException e) {
            if (known.isPresent() || !(e.error() instanceof AgentError.Conflict)) {
                throw e;
            }
            SessionId other = threads.find(wanted.owner(), wanted.threadId()) // made meanwhile, or another's
                    .map(SessionInfo::id)
                    .orElseGet(() -> Threads.derived(wanted.owner(), wanted.threadId()));
            return ask(wanted, request, other);
        }
    }

    private Segment ask(Named wanted, ChatRequest request, SessionId session) {
        Principal owner = wanted.owner();
        boolean exists = store.sessions().find(owner, session).isPresent();
        Prompt prompt = prompt(wanted, request).withAttachments(enclosed.uris(owner, exists ? session : null, request));
        boolean offered = tools.offer(session, wanted.name(), request.tools());
        LocalRuntime own = runtime.as(owner);
        try (Run run = exists
                ? own.session(session).prompt(prompt)
                : own.prompt(session, threads.wanted(owner, wanted.threadId(), request.wishes()), prompt)) {
            Segments.Found found = new Segments.Found(info(run), run.seq(), Set.of());
            return Segment.of(wanted.threadId(), wanted.name(), request.parentRunId(), found);
        } catch (RuntimeException e) {
            if (offered) {
                tools.takeBack(session, wanted.name());
            }
            throw e;
        }
    }

    private RunInfo info(Run run) {
        return store.runs()
                .find(run.id())
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + run.id())));
    }

    private static Prompt prompt(Named wanted, ChatRequest request) {
        MessageContent asked = Objects.requireNonNull(request.asked(), "a message was asked");
        ChatRequest.Wishes wishes = request.wishes();
        ObjectNode digested = Json.MAPPER
                .createObjectNode()
                .put("text", asked.text())
                .put("agentName", wishes.agentName())
                .put("model", wishes.model());
        digested.set("attached", Json.MAPPER.valueToTree(asked.attached()));
        boolean isNamed = request.runId() != null;
        return new Prompt(
                asked.text(),
                wishes.agentName(),
                wishes.model(),
                isNamed ? wanted.name().key(wanted.threadId()) : null,
                isNamed ? PayloadDigest.ofAll(digested) : null,
                new Prompt.Origin(
                        ClientType.WEB, wishes.clientId(), wanted.name().sender(), null),
                List.of(),
                null);
    }
}
