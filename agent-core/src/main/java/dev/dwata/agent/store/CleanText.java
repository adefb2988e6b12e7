package dev.dwata.agent.store;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Text as it is stored: NUL and halves of surrogate pairs, which not every store and no UTF-8 can hold, become
/// U+FFFD. A store cleans whatever comes in, once, before anything else; so what listeners hear, what is read
/// back and what is found are the same.
public final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final String ESCAPED_NUL = "\\u0000";

    private CleanText() {}

    public static String of(String text) {
        return isClean(text) ? text : replaced(text);
    }

    public static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /// The event with clean text in every field, and with times to the millisecond as the log keeps them.
    public static AgentEvent of(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Token e -> isClean(e.content()) ? e : new AgentEvent.Token(of(e.content()), e.turn());
            case AgentEvent.Reasoning e ->
                isClean(e.content()) ? e : new AgentEvent.Reasoning(of(e.content()), e.turn());
            case AgentEvent.MessageReceived e -> of(e);
            case AgentEvent.StatusChanged e -> e;
            case AgentEvent.TurnCompleted e -> rewritten(e);
            case AgentEvent.ContextCompacted e -> rewritten(e);
            case AgentEvent.ToolCalled e -> rewritten(e);
            case AgentEvent.InputRequested e -> rewritten(e);
            case AgentEvent.InputResolved e -> rewritten(e);
            case AgentEvent.ToolStarted e -> rewritten(e);
            case AgentEvent.ChildInput e -> e;
            case AgentEvent.ToolProgressed e -> rewritten(e);
            case AgentEvent.ToolReturned e -> rewritten(e);
            case AgentEvent.ErrorReported e -> rewritten(e);
            case AgentEvent.Queued e -> rewritten(e);
            case AgentEvent.Terminal e -> rewritten(e);
            case AgentEvent.RunInterrupted e -> rewritten(e);
            case AgentEvent.AttemptReset e -> rewritten(e);
            case AgentEvent.RunResumed e -> e;
            case AgentEvent.Truncated e -> e;
            case AgentEvent.Unknown e -> new AgentEvent.Unknown(of(e.name()), of(e.payload()));
        };
    }

    public static AgentEvent.MessageReceived of(AgentEvent.MessageReceived event) {
        if (event.attachments() != null && rewritten(event) instanceof AgentEvent.MessageReceived clean) {
            return of(clean.withAttachments(null)).withAttachments(clean.attachments());
        }
        return new AgentEvent.MessageReceived(
                event.messageId(),
                event.role(),
                of(event.content()),
                event.timestamp().truncatedTo(ChronoUnit.MILLIS),
                event.clientType(),
                ofNullable(event.clientId()),
                ofNullable(event.connectionId()));
    }

    public static NewSession of(NewSession wanted) {
        return new NewSession(
                ofNullable(wanted.title()),
                ofNullable(wanted.agentName()),
                ofNullable(wanted.model()),
                ofNullable(wanted.contextType()),
                ofNullable(wanted.itemId()),
                ofNullable(wanted.projectId()),
                wanted.config() == null ? null : of(wanted.config()),
                wanted.parent());
    }

    public static ItemDraft of(ItemDraft draft) {
        return new ItemDraft(draft.kind(), of(draft.title()), ofNullable(draft.projectId()), of(draft.content()));
    }

    public static Sessions.Change of(Sessions.Change change) {
        return new Sessions.Change(
                ofNullable(change.title()),
                change.status(),
                ofNullable(change.model()),
                ofNullable(change.agentName()),
                change.context() == null ? null : of(change.context()));
    }

    /// The same node where it is clean already.
    public static JsonNode of(JsonNode node) {
        return isClean(node) ? node : cleaned(node);
    }

    private static AgentEvent rewritten(AgentEvent event) {
        String json = EventCodec.payload(event);
        return isCleanJson(json) ? event : EventCodec.read(EventCodec.name(event), cleaned(Json.MAPPER.readTree(json)));
    }

    private static boolean isCleanJson(String json) {
        return isClean(json) && !json.contains(ESCAPED_NUL);
    }

    private static JsonNode cleaned(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode clean = Json.MAPPER.createObjectNode();
            object.properties().forEach(field -> clean.set(of(field.getKey()), cleaned(field.getValue())));
            return clean;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode clean = Json.MAPPER.createArrayNode();
            array.forEach(element -> clean.add(cleaned(element)));
            return clean;
        }
        return node.isString() ? Json.MAPPER.getNodeFactory().stringNode(of(node.stringValue())) : node;
    }

    private static boolean isClean(JsonNode node) {
        if (node.isString()) {
            return isClean(node.stringValue());
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!isClean(field.getKey()) || !isClean(field.getValue())) {
                    return false;
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (!isClean(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && !isPairAt(text, i))) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
        return true;
    }

    private static String replaced(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (Character.isSurrogate(c) && isPairAt(clean, i)) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isPairAt(CharSequence text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }
}
