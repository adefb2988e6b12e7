package dev.dwata.gateway.agui;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A thread as TanStack AI's clients restore it: its messages, the run that is under way, and what it waits
/// for. Of the run that is under way there is only what its events, which the client reads next, do not tell
/// again.
final class ThreadHistory {
    private static final int LIMIT = 50;

    private final Store store;
    private final Segments segments;

    ThreadHistory(Store store, Segments segments) {
        this.store = store;
        this.segments = segments;
    }

    void show(Context context, Principal owner, SessionInfo session) {
        String asked = Asked.query(context, "limit");
        long limit = asked == null ? LIMIT : Asked.integer("limit", asked);
        if (limit < 1 || limit > SessionQuery.MAX_LIMIT) {
            throw Asked.invalid("limit must be 1 to " + SessionQuery.MAX_LIMIT);
        }
        MessagePage page = store.sessions().messages(session.id(), (int) limit, before(context));
        List<InputRequest> open = store.inputs().open(owner, session.id()).stream()
                .filter(request -> request.sessionId().equals(session.id()) && request.isOpen(Instant.now()))
                .filter(request -> RunName.isForUs(request.asked().target()))
                .toList();
        RunInfo active = active(session);
        Segments.Found part = active == null || !open.isEmpty() ? null : segments.latest(active);
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("messages", messages(session, page.messages(), part));
        if (part == null) {
            body.putNull("activeRun");
        } else {
            body.putObject("activeRun").put("runId", part.run().id().value());
        }
        addInterrupts(body, open);
        addPage(body, page);
        context.contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }

    private static @Nullable MessageId before(Context context) {
        String before = Asked.query(context, "before");
        try {
            return before == null ? null : new MessageId(before);
        } catch (IllegalArgumentException e) {
            throw Asked.invalid("before: " + e.getMessage());
        }
    }

    private @Nullable RunInfo active(SessionInfo session) {
        return store.runs().list(session.id(), LIMIT).stream()
                .filter(run -> !run.status().isFinal())
                .reduce((newer, older) -> older)
                .orElse(null);
    }

    private static void addInterrupts(ObjectNode body, List<InputRequest> open) {
        if (open.isEmpty()) {
            body.putNull("interrupts");
            return;
        }
        List<InputRequested> asked = open.stream().map(InputRequest::asked).toList();
        body.putObject("interrupts")
                .put("runId", open.getFirst().runId().value())
                .set("pending", Interrupts.of(asked));
    }

    private static void addPage(ObjectNode body, MessagePage page) {
        ObjectNode shown = body.putObject("page").put("truncated", page.hasMore());
        if (page.hasMore()) {
            shown.put("cursor", page.messages().getFirst().id().value());
        }
    }

    private ArrayNode messages(SessionInfo session, List<StoredMessage> messages, Segments.@Nullable Found part) {
        List<ToolCallInfo> calls = store.sessions().toolCalls(session.id());
        ArrayNode shown = Json.MAPPER.createArrayNode();
        for (StoredMessage message : messages) {
            boolean toldAgain = part != null
                    && message.role() == Role.ASSISTANT
                    && part.run().id().equals(message.runId())
                    && message.seq() > part.start();
            if (!toldAgain) {
                shown.add(UiMessage.of(message, calls));
            }
        }
        return shown;
    }
}
