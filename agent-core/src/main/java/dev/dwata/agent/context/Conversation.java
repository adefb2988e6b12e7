package dev.dwata.agent.context;

import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes of a session's stored messages the conversation that a model is shown: one run after the other, every
/// tool call followed by its one result, nothing that was cut off. The stored messages stay as they are.
public final class Conversation {
    private Conversation() {}

    /// The conversation up to and including what was stored for `run`.
    ///
    /// A message may have been taken while an earlier run was still going on, so the order of the log is not
    /// the order of the conversation: runs follow each other in the order in which they were admitted.
    ///
    /// @param transcript all messages in the order of the log
    public static List<Message> upTo(RunId run, List<StoredMessage> transcript) {
        Map<String, List<StoredMessage>> byRun = new LinkedHashMap<>();
        for (StoredMessage message : transcript) {
            RunId of = message.runId();
            byRun.computeIfAbsent(of == null ? message.id().value() : of.value(), key -> new ArrayList<>())
                    .add(message);
        }
        List<Message> conversation = new ArrayList<>();
        for (Map.Entry<String, List<StoredMessage>> entry : byRun.entrySet()) {
            append(conversation, entry.getValue());
            if (entry.getKey().equals(run.value())) {
                break;
            }
        }
        return conversation;
    }

    private static void append(List<Message> conversation, List<StoredMessage> ofOneRun) {
        Map<String, Part.ToolResult> results = results(ofOneRun);
        for (StoredMessage message : ofOneRun) {
            if (message.partial() || message.parts().isEmpty() || message.role() == Role.TOOL) {
                continue;
            }
            conversation.add(message.message());
            List<Part.ToolCall> calls = message.message().toolCalls();
            if (!calls.isEmpty()) {
                List<Part> answers = new ArrayList<>(calls.size());
                for (Part.ToolCall call : calls) {
                    Part.ToolResult result = results.get(call.id());
                    answers.add(result == null ? unknown(call) : result);
                }
                conversation.add(new Message(Role.TOOL, answers));
            }
        }
    }

    private static Map<String, Part.ToolResult> results(List<StoredMessage> messages) {
        Map<String, Part.ToolResult> results = new HashMap<>();
        for (StoredMessage message : messages) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolResult result) {
                    results.putIfAbsent(result.toolCallId(), result);
                }
            }
        }
        return results;
    }

    private static Part.ToolResult unknown(Part.ToolCall call) {
        return new Part.ToolResult(
                call.id(),
                call.name(),
                false,
                Json.MAPPER
                        .createObjectNode()
                        .put("success", false)
                        .put("error", "interrupted; its effects are unknown: check before repeating it"));
    }
}
