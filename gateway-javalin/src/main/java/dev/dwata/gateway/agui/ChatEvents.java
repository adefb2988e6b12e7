package dev.dwata.gateway.agui;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.TokenUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The events of AG-UI (1.0, read 2026-11-21), as this gateway writes them. What is optional is absent, never
/// `null`.
final class ChatEvents {
    private ChatEvents() {}

    private static ObjectNode event(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    static ObjectNode started(Segment segment) {
        ObjectNode event = event("RUN_STARTED")
                .put("threadId", segment.threadId())
                .put("runId", segment.name().value());
        if (segment.parentRunId() != null) {
            event.put("parentRunId", segment.parentRunId());
        }
        event.putObject("metadata")
                .putObject("dwata")
                .put("sessionId", segment.session().value())
                .put("runId", segment.run().value());
        return event;
    }

    static ObjectNode textStart(String id) {
        return event("TEXT_MESSAGE_START").put("messageId", id).put("role", "assistant");
    }

    static ObjectNode text(String id, String delta) {
        return event("TEXT_MESSAGE_CONTENT").put("messageId", id).put("delta", delta);
    }

    static ObjectNode textEnd(String id) {
        return event("TEXT_MESSAGE_END").put("messageId", id);
    }

    static List<ObjectNode> reasoningStart(String id) {
        return List.of(
                event("REASONING_START").put("messageId", id),
                event("REASONING_MESSAGE_START").put("messageId", id).put("role", "reasoning"));
    }

    static ObjectNode reasoning(String id, String delta) {
        return event("REASONING_MESSAGE_CONTENT").put("messageId", id).put("delta", delta);
    }

    static List<ObjectNode> reasoningEnd(String id) {
        return List.of(
                event("REASONING_MESSAGE_END").put("messageId", id),
                event("REASONING_END").put("messageId", id));
    }

    static List<ObjectNode> call(Part.ToolCall call, String parent) {
        String arguments = call.arguments().isString()
                ? call.arguments().stringValue()
                : call.arguments().toString();
        ObjectNode start = event("TOOL_CALL_START")
                .put("toolCallId", call.id())
                .put("toolCallName", call.name())
                .put("parentMessageId", parent);
        ObjectNode given = event("TOOL_CALL_ARGS").put("toolCallId", call.id()).put("delta", arguments);
        ObjectNode end = event("TOOL_CALL_END").put("toolCallId", call.id());
        return arguments.isEmpty() ? List.of(start, end) : List.of(start, given, end);
    }

    static ObjectNode result(AgentEvent.ToolReturned returned, String id) {
        return event("TOOL_CALL_RESULT")
                .put("messageId", id)
                .put("toolCallId", returned.toolCallId())
                .put("content", returned.result().toString())
                .put("role", "tool");
    }

    /// @param reason why the model stopped, in TanStack AI's words; absent where it did not
    private static ObjectNode finished(
            Segment segment, ObjectNode outcome, Map<String, TokenUsage> used, @Nullable String reason) {
        ObjectNode event = event("RUN_FINISHED")
                .put("threadId", segment.threadId())
                .put("runId", segment.name().value());
        event.set("outcome", outcome);
        ArrayNode usage = event.putArray("usage");
        used.forEach((model, one) -> usage.add(usage(model, one)));
        if (reason != null) {
            event.putObject("metadata").putObject("tanstack").put("finishReason", reason);
        }
        return event;
    }

    static ObjectNode succeeded(Segment segment, Map<String, TokenUsage> used, AgentEvent.RunCompleted end) {
        String reason = switch (end.stopReason()) {
            case END_TURN, STOP_SEQUENCE -> "stop";
            case TOOL_USE -> "tool_calls";
            case MAX_TOKENS -> "length";
            case REFUSAL -> "content_filter";
        };
        return finished(segment, Json.MAPPER.createObjectNode().put("type", "success"), used, reason);
    }

    static ObjectNode interrupted(Segment segment, Map<String, TokenUsage> used, List<InputRequested> asked) {
        ObjectNode outcome = Json.MAPPER.createObjectNode().put("type", "interrupt");
        outcome.set("interrupts", Interrupts.of(asked));
        return finished(segment, outcome, used, null);
    }

    static ObjectNode cancelled(Segment segment, Map<String, TokenUsage> used) {
        return finished(segment, Json.MAPPER.createObjectNode().put("type", "cancelled"), used, null);
    }

    static ObjectNode failed(Segment segment, AgentEvent.RunFailed end) {
        ObjectNode event = event("RUN_ERROR")
                .put("message", end.error().message())
                .put("code", end.error().code().name());
        event.putObject("metadata")
                .putObject("tanstack")
                .put("runId", segment.name().value())
                .put("threadId", segment.threadId());
        return event;
    }

    /// @param model `provider/name`
    private static ObjectNode usage(String model, TokenUsage used) {
        int slash = model.indexOf('/');
        ObjectNode usage = Json.MAPPER.createObjectNode();
        if (slash > 0) {
            usage.put("provider", model.substring(0, slash));
        }
        usage.put("model", model.substring(slash + 1))
                .put("inputTokens", used.inputTokens())
                .put("outputTokens", used.outputTokens())
                .put("totalTokens", used.total());
        if (used.cachedTokens() > 0) {
            usage.put("cachedInputTokens", used.cachedTokens());
        }
        return usage;
    }
}
