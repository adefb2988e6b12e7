package dev.dwata.gateway.agui;

import dev.dwata.agent.ClientTools;
import dev.dwata.agent.ClientTools.Offer;
import dev.dwata.gateway.agui.ChatRequest.ResumeEntry;
import dev.dwata.gateway.agui.ChatRequest.ToolResult;
import dev.dwata.gateway.agui.ChatRequest.Wishes;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the body of a chat request: AG-UI's `RunAgentInput`, what TanStack AI adds to it, or a chat client's
/// `{sessionId, messages, context, documentId, agentId}`. Of the conversation, which clients send whole each
/// time, only what follows the last answer is read.
final class RequestReader {
    private static final Set<String> ROLES =
            Set.of("user", "assistant", "system", "developer", "tool", "reasoning", "activity");
    private static final int LONGEST_ID = 256;

    /// A tool of a client may ask a person.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private RequestReader() {}

    /// @param header the run's id where the body has none
    /// @throws dev.dwata.types.AgentException with `InvalidRequest` naming the field
    static ChatRequest read(ObjectNode body, @Nullable String header) {
        String thread = id(body, "threadId");
        String run = id(body, "runId");
        JsonNode messages = array(body, "messages");
        int last = checked(messages);
        return new ChatRequest(
                thread == null ? id(body, "sessionId") : thread,
                run == null ? checkedId("X-Run-Id", header) : run,
                id(body, "parentRunId"),
                asked(messages, last),
                results(messages, last),
                resume(array(body, "resume")),
                tools(array(body, "tools")),
                ChatContext.text(body, messages),
                wishes(body));
    }

    /// @return the index of the last message of the assistant, or -1
    private static int checked(JsonNode messages) {
        int last = -1;
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).path("role").asString("");
            if (!ROLES.contains(role)) {
                throw Asked.invalid("messages[" + i + "].role must be one of "
                        + String.join(", ", ROLES.stream().sorted().toList()));
            }
            last = role.equals("assistant") ? i : last;
        }
        return last;
    }

    private static @Nullable MessageContent asked(JsonNode messages, int after) {
        int at = messages.size() - 1;
        if (at <= after || !messages.get(at).path("role").asString("").equals("user")) {
            return null;
        }
        return MessageContent.of(
                "messages[" + at + "].content", messages.get(at).path("content"));
    }

    private static List<ToolResult> results(JsonNode messages, int after) {
        List<ToolResult> results = new ArrayList<>();
        for (int i = after + 1; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            if (message.path("role").asString("").equals("tool")) {
                String where = "messages[" + i + "]";
                String call = required(message, where, "toolCallId");
                String text = MessageContent.of(where + ".content", message.path("content"))
                        .text();
                results.add(new ToolResult(call, jsonOf(text), text(message, where, "error")));
            }
        }
        return results;
    }

    /// What a tool has returned is JSON to most clients; any other text is that text.
    private static JsonNode jsonOf(String text) {
        try {
            return Json.STRICT.readTree(text);
        } catch (JacksonException e) {
            return Json.MAPPER.getNodeFactory().stringNode(text);
        }
    }

    private static List<ResumeEntry> resume(JsonNode entries) {
        List<ResumeEntry> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String where = "resume[" + i + "]";
            String status = required(entries.get(i), where, "status");
            if (!status.equals("resolved") && !status.equals("cancelled")) {
                throw Asked.invalid(where + ".status must be resolved or cancelled");
            }
            all.add(new ResumeEntry(
                    required(entries.get(i), where, "interruptId"),
                    status,
                    entries.get(i).get("payload")));
        }
        return all;
    }

    private static List<Offer> tools(JsonNode tools) {
        if (tools.size() > ClientTools.MOST) {
            throw Asked.invalid("tools must be at most " + ClientTools.MOST);
        }
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            String where = "tools[" + i + "]";
            String description = text(tool, where, "description");
            JsonNode parameters = tool.get("parameters");
            offers.add(new Offer(
                    required(tool, where, "name"),
                    description == null ? "" : description,
                    parameters == null || parameters.isNull() ? Json.MAPPER.createObjectNode() : parameters,
                    PATIENCE));
        }
        return offers;
    }

    /// What TanStack AI's clients call `data` is the same as `forwardedProps`.
    private static Wishes wishes(ObjectNode body) {
        JsonNode props = body.path("forwardedProps").isObject() ? body.path("forwardedProps") : body.path("data");
        String where = "forwardedProps";
        String model = text(props, where, "model");
        String provider = text(props, where, "provider");
        JsonNode context = body.path("context");
        return new Wishes(
                text(props, where, "agentName"),
                model != null && provider != null && !model.contains("/") ? provider + "/" + model : model,
                text(props, where, "title"),
                context.isString() ? context.stringValue() : text(props, where, "contextType"),
                text(props, where, "itemId"),
                text(props, where, "projectId"),
                text(body, "", "documentId"),
                text(body, "", "agentId"));
    }

    private static JsonNode array(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Json.MAPPER.createArrayNode();
        }
        if (!value.isArray()) {
            throw Asked.invalid(name + " must be an array");
        }
        return value;
    }

    private static @Nullable String id(ObjectNode body, String name) {
        return checkedId(name, text(body, "", name));
    }

    /// @throws dev.dwata.types.AgentException with `InvalidRequest`
    static @Nullable String checkedId(String name, @Nullable String id) {
        if (id != null
                && (id.isBlank() || id.length() > LONGEST_ID || !id.codePoints().allMatch(RequestReader::isPlain))) {
            throw Asked.invalid(name + " must be 1 to " + LONGEST_ID + " characters, none of them a control character");
        }
        return id;
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
    }

    private static String required(JsonNode object, String where, String name) {
        String value = text(object, where, name);
        if (value == null || value.isBlank()) {
            throw Asked.invalid(where + "." + name + " is required");
        }
        return value;
    }

    private static @Nullable String text(JsonNode object, String where, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Asked.invalid((where.isEmpty() ? "" : where + ".") + name + " must be a string");
        }
        return value.stringValue();
    }
}
