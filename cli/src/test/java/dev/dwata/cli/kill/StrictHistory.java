package dev.dwata.cli.kill;

import dev.dwata.types.Json;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What strict servers of Chat Completions answer with 400 (OpenAI, Mistral, Groq; November 2026).
final class StrictHistory {
    private StrictHistory() {}

    /// @return what is wrong; absent if nothing is
    static @Nullable String faultIn(List<JsonNode> messages) {
        Set<String> ids = new HashSet<>();
        List<String> open = new ArrayList<>();
        for (JsonNode message : messages) {
            String role = message.path("role").asString("");
            if (!isWellFormed(message)) {
                return "half a surrogate pair in a message of the " + role;
            }
            if (role.equals("tool")) {
                String id = message.path("tool_call_id").asString("");
                if (open.isEmpty() || !open.removeFirst().equals(id)) {
                    return "the result " + id + " answers no call that is open, or not the next";
                }
                continue;
            }
            if (!open.isEmpty()) {
                return "the calls " + open + " have no result directly after them";
            }
            for (JsonNode call : message.path("tool_calls").values()) {
                String id = call.path("id").asString("");
                if (!role.equals("assistant") || !id.matches("[A-Za-z0-9_-]{1,40}") || !ids.add(id)) {
                    return "the call id '" + id + "' is used twice, or is none";
                }
                if (!isObject(call.path("function").path("arguments").asString(""))) {
                    return "the arguments of " + id + " are no JSON object";
                }
                open.add(id);
            }
            boolean empty = message.path("content").asString("").isBlank();
            if (empty && open.isEmpty()) {
                return "an empty message of the " + role;
            }
        }
        return open.isEmpty() ? null : "the calls " + open + " have no result";
    }

    private static boolean isObject(String arguments) {
        try {
            return Json.STRICT.readTree(arguments).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isWellFormed(JsonNode node) {
        if (node.isString()) {
            try {
                StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(node.stringValue()));
            } catch (CharacterCodingException e) {
                return false;
            }
        }
        return node.valueStream().allMatch(StrictHistory::isWellFormed);
    }
}
