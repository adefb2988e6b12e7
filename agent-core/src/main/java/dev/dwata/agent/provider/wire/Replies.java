package dev.dwata.agent.provider.wire;

import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Brings what a provider said into the form that a [ModelReply] promises.
public final class Replies {
    private static final int MAX_RAW_ARGUMENTS = 64 << 10;

    private Replies() {}

    /// A finished reply. Calls get ids that no call of the conversation has; those of a refused answer are left
    /// out, for nobody stands by them.
    ///
    /// @param sent the request as it was sent
    /// @param said why the model stopped, in the provider's opinion
    public static ModelReply finish(
            ModelRequest request, byte[] sent, List<Part> parts, TokenUsage usage, StopReason said) {
        List<Part> kept = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        String seed = "";
        for (Part part : parts) {
            if (!(part instanceof Part.ToolCall call)) {
                kept.add(part);
            } else if (said != StopReason.REFUSAL) {
                if (seed.isEmpty()) {
                    seed = CallIds.hash(sent);
                    addIds(request.messages(), taken);
                }
                String id = CallIds.unique(call.id(), taken, seed);
                kept.add(new Part.ToolCall(id, call.name(), call.arguments()));
            }
        }
        return new ModelReply(kept, usage, stopReason(said, !seed.isEmpty()));
    }

    /// The arguments of a call as the model wrote them: an object, also for nothing at all; else a text with
    /// what it wrote, which may be cut.
    public static JsonNode arguments(String raw) {
        if (raw.isBlank()) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            JsonNode tree = Json.STRICT.readTree(raw);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            // The model is told.
        }
        String shown = raw.length() <= MAX_RAW_ARGUMENTS ? raw : raw.substring(0, MAX_RAW_ARGUMENTS) + "…";
        return Json.MAPPER.getNodeFactory().stringNode(Texts.clean(shown));
    }

    /// Servers say `stop` after calls too, and now and then the other way round.
    private static StopReason stopReason(StopReason said, boolean calls) {
        return switch (said) {
            case END_TURN, TOOL_USE -> calls ? StopReason.TOOL_USE : StopReason.END_TURN;
            case MAX_TOKENS, STOP_SEQUENCE, REFUSAL -> said;
        };
    }

    private static void addIds(List<Message> messages, Set<String> ids) {
        for (Message message : messages) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    ids.add(call.id());
                }
            }
        }
    }
}
