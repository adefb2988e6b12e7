package dev.dwata.agent.provider.offline;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What the model sees of a conversation.
///
/// @param said    the latest message of the user; empty where there is none
/// @param asked   the user's messages before it, oldest first
/// @param answers what the assistant said before it, oldest first
/// @param before  tool calls before it, oldest first
/// @param now     tool calls since
/// @param offered names of the tools that may be called
record Scene(
        String said,
        List<String> asked,
        List<String> answers,
        List<Exchange> before,
        List<Exchange> now,
        Set<String> offered) {

    static Scene of(ModelRequest request) {
        List<Message> messages = request.messages();
        int latest = messages.size() - 1;
        while (latest >= 0 && messages.get(latest).role() != Role.USER) {
            latest--;
        }
        List<Message> earlier = messages.subList(0, Math.max(0, latest));
        return new Scene(
                latest < 0 ? "" : messages.get(latest).text(),
                texts(earlier, Role.USER),
                texts(earlier, Role.ASSISTANT),
                exchanges(earlier),
                exchanges(messages.subList(latest + 1, messages.size())),
                request.tools().stream().map(ToolSpec::name).collect(Collectors.toSet()));
    }

    private static List<String> texts(List<Message> messages, Role role) {
        return messages.stream()
                .filter(message -> message.role() == role)
                .map(Message::text)
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static List<Exchange> exchanges(List<Message> messages) {
        Map<String, JsonNode> arguments = new HashMap<>();
        List<Exchange> exchanges = new ArrayList<>();
        for (Message message : messages) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    arguments.put(call.id(), call.arguments());
                } else if (part instanceof Part.ToolResult result) {
                    JsonNode given = arguments.getOrDefault(result.toolCallId(), Json.MAPPER.createObjectNode());
                    exchanges.add(new Exchange(result.name(), given, result.success(), result.result()));
                }
            }
        }
        return exchanges;
    }
}
