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

    /// @param threadId what the client calls the session
    /// @throws AgentException with why the message is not taken
    Segment ask(Principal owner, String threadId, RunName name, ChatRequest request) {
        try {
            return askOnce(owner, threadId, name, request);
        } catch (AgentException e) {
            boolean madeMeanwhile = e.error() instanceof AgentError.Conflict
                    && threads.find(owner, threadId).isPresent();
            if (madeMeanwhile) {
                return askOnce(owner, threadId, name, request);
            }
            throw e;
        }
    }

    private Segment askOnce(Principal owner, String threadId, RunName name, ChatRequest request) {
        Optional<SessionInfo> known = threads.find(owner, threadId);
        SessionId session = known.map(SessionInfo::id).orElseGet(() -> threads.idFor(owner, threadId));
        Prompt prompt = prompt(owner, threadId, name, request)
                .withAttachments(enclosed.uris(owner, known.isPresent() ? session : null, request));
        boolean offered = tools.offer(session, name, request.tools());
        LocalRuntime own = runtime.as(owner);
        try (Run run = known.isPresent()
                ? own.session(session).prompt(prompt)
                : own.prompt(session, threads.wanted(owner, threadId, request.wishes()), prompt)) {
            Segments.Found found = new Segments.Found(info(run), run.seq(), Set.of());
            return Segment.of(threadId, name, request.parentRunId(), found);
        } catch (RuntimeException e) {
            if (offered) {
                tools.takeBack(session, name);
            }
            throw e;
        }
    }

    private RunInfo info(Run run) {
        return store.runs()
                .find(run.id())
                .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no run " + run.id())));
    }

    private static Prompt prompt(Principal owner, String threadId, RunName name, ChatRequest request) {
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
                isNamed ? name.key(threadId) : null,
                isNamed ? PayloadDigest.ofAll(digested) : null,
                new Prompt.Origin(ClientType.WEB, wishes.clientId(), name.sender(), null),
                List.of(),
                null);
    }
}
