package dev.dwata.gateway.openai;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.gateway.api.SentAttachments;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// The run that answers a request: a new one, or one that waited for what the caller's tools have returned.
///
/// @param events of its session, from what the answer begins with
record ChatRun(SessionId session, RunId run, EventStream events) {
    private static final String CLIENT = "openai";

    /// Who asks, and for what.
    record Request(Caller caller, ChatRequest chat) {
        SentHistory history() {
            return new SentHistory(chat.messages());
        }
    }

    /// @throws AgentException if it cannot be taken; then nothing has happened
    static ChatRun begin(Services parts, Request request) {
        LocalRuntime view = parts.runtime().as(request.caller().principal());
        SentHistory history = request.history();
        List<ChatMessage> results = history.results();
        for (String call : history.called()) {
            if (results.stream().noneMatch(result -> call.equals(result.answers()))) {
                throw new BadRequest("messages", "there is no message of role tool that answers the call " + call);
            }
        }
        List<InputRequest> waiting = results.isEmpty() ? List.of() : KnownSessions.awaiting(view, results);
        if (waiting.isEmpty()) {
            return prompted(parts, view, request, history);
        }
        if (!history.said().isBlank()) {
            view.cancel(waiting.getFirst().runId(), "the caller has said something else");
            return prompted(parts, view, request, history);
        }
        return answered(parts, view, request, waiting, results);
    }

    private static ChatRun prompted(Services parts, LocalRuntime view, Request request, SentHistory history) {
        ChatRequest chat = request.chat();
        Optional<Session> known = history.said().isBlank()
                ? Optional.empty()
                : new KnownSessions(parts.runtime()).continued(view, chat.model(), history);
        String message = known.isPresent()
                ? history.said()
                : history.opening(history.before().size(), history.said());
        List<String> images = SentAttachments.uris(
                history.images(), request.caller().principal(), parts.store().attachments());
        Session session = known.orElseGet(() -> view.createSession(new NewSession(
                NewSession.titleOf(history.title()),
                chat.model(),
                null,
                KnownSessions.CONTEXT,
                history.root(),
                null,
                null)));
        offer(parts, session.id(), chat);
        Prompt prompt = new Prompt(
                message,
                null,
                null,
                null,
                null,
                new Prompt.Origin(ClientType.RUNTIME, CLIENT, null, null),
                images,
                chat.schema());
        try (Run run = session.prompt(prompt)) {
            return follow(parts, request, session.id(), run.id(), run.seq() - 1);
        }
    }

    private static ChatRun answered(
            Services parts, LocalRuntime view, Request request, List<InputRequest> waiting, List<ChatMessage> results) {
        SessionId session = waiting.getFirst().sessionId();
        Map<String, String> texts = results.stream()
                .collect(
                        Collectors.toMap(it -> String.valueOf(it.answers()), ChatMessage::text, (one, other) -> other));
        offer(parts, session, request.chat());
        RunId run = waiting.getFirst().runId();
        ChatRun followed =
                follow(parts, request, session, run, parts.store().log().headSeq(session));
        for (InputRequest open : waiting) {
            String text = texts.getOrDefault(open.id().value(), "");
            view.respond(open.id(), new InputResponse.Result(result(text)), CLIENT);
        }
        return followed;
    }

    /// What is JSON is passed on as such.
    private static JsonNode result(String text) {
        try {
            JsonNode read = Json.STRICT.readTree(text);
            return read.isContainer() ? read : StringNode.valueOf(text);
        } catch (JacksonException e) {
            return StringNode.valueOf(text);
        }
    }

    /// Until the answer has ended.
    private static void offer(Services parts, SessionId session, ChatRequest chat) {
        try {
            parts.runtime().clientTools().register(session, CLIENT, chat.tools());
        } catch (AgentException e) {
            throw new BadRequest("tools", e.error().message());
        }
    }

    private static ChatRun follow(Services parts, Request request, SessionId session, RunId run, long after) {
        return new ChatRun(session, run, parts.followers().open(request.caller().principal(), session, after));
    }

    /// Stops following; the caller's tools are offered no more.
    void end(Services parts) {
        parts.followers().close(events);
        parts.runtime().clientTools().unregister(session, CLIENT, null);
    }

    /// Nobody wants the answer any more.
    void abandon(Services parts, Caller caller) {
        try {
            parts.runtime().as(caller.principal()).cancel(run, "the caller has gone");
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.Conflict)) {
                throw e;
            }
        }
    }
}
