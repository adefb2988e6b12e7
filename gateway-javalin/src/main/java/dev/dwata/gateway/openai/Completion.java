package dev.dwata.gateway.openai;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.Json;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An answer as OpenAI's clients read it, whole and in pieces.
///
/// @param id the same in all pieces
record Completion(String id, String model, Instant created) {

    ObjectNode whole(Ending.Said said) {
        ObjectNode message = Json.MAPPER
                .createObjectNode()
                .put("role", "assistant")
                .put("content", said.content())
                .putNull("refusal");
        return whole(message, finish(said.reason()), said.usage());
    }

    ObjectNode whole(Ending.Calls calls) {
        ObjectNode message = Json.MAPPER.createObjectNode().put("role", "assistant");
        if (calls.content().isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", calls.content());
        }
        message.putNull("refusal").set("tool_calls", calls(calls.calls(), false));
        return whole(message, "tool_calls", calls.usage());
    }

    private ObjectNode whole(ObjectNode message, String finish, TokenUsage usage) {
        ObjectNode all = head("chat.completion");
        all.putArray("choices")
                .addObject()
                .put("index", 0)
                .putNull("logprobs")
                .put("finish_reason", finish)
                .set("message", message);
        all.set("usage", usage(usage));
        return all;
    }

    /// @param finish absent in all but the last
    ObjectNode piece(ObjectNode delta, @Nullable String finish) {
        ObjectNode piece = head("chat.completion.chunk");
        ObjectNode choice = piece.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finish);
        return piece;
    }

    /// After the last piece.
    ObjectNode pieceOf(TokenUsage usage) {
        ObjectNode piece = head("chat.completion.chunk");
        piece.putArray("choices");
        piece.set("usage", usage(usage));
        return piece;
    }

    private ObjectNode head(String object) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", model);
    }

    static ArrayNode calls(List<InputRequested> calls, boolean numbered) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (InputRequested call : calls) {
            ObjectNode one = all.addObject();
            if (numbered) {
                one.put("index", all.size() - 1);
            }
            one.put("id", call.requestId().value()).put("type", "function");
            one.putObject("function")
                    .put("name", call.toolName())
                    .put("arguments", call.arguments().toString());
        }
        return all;
    }

    static String finish(StopReason reason) {
        return switch (reason) {
            case END_TURN, STOP_SEQUENCE, TOOL_USE -> "stop";
            case MAX_TOKENS -> "length";
            case REFUSAL -> "content_filter";
        };
    }

    private static ObjectNode usage(TokenUsage usage) {
        ObjectNode all = Json.MAPPER
                .createObjectNode()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.total());
        all.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        return all;
    }
}
