package dev.dwata.gateway.openai;

import dev.dwata.gateway.openai.ChatMessage.Role;
import dev.dwata.types.wire.AttachmentParams;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the messages of a request, and says what is wrong with one.
final class MessageReader {
    private static final int MOST = 2_000;
    private static final Pattern DATA_URL = Pattern.compile("data:([\\w.+-]+/[\\w.+-]+);base64,(.*)", Pattern.DOTALL);

    private MessageReader() {}

    static List<ChatMessage> read(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty() || messages.size() > MOST) {
            throw new BadRequest("messages", "messages must be a list of 1 to " + MOST + " messages");
        }
        List<ChatMessage> all = new ArrayList<>();
        for (JsonNode message : messages) {
            all.add(one(message, "messages[" + all.size() + "]"));
        }
        return all;
    }

    private static ChatMessage one(JsonNode message, String where) {
        Role role = role(message.path("role").asString(""), where);
        List<AttachmentParams> images = new ArrayList<>();
        String text = text(message.path("content"), images, where + ".content");
        if (!images.isEmpty() && role != Role.USER) {
            throw new BadRequest(where + ".content", where + ": only messages of the user may have images");
        }
        return new ChatMessage(role, text, images, calls(message, role), answers(message, role, where));
    }

    private static Role role(String name, String where) {
        return switch (name) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default ->
                throw new BadRequest(
                        where + ".role", where + ".role must be system, developer, user, assistant or tool");
        };
    }

    private static List<String> calls(JsonNode message, Role role) {
        List<String> ids = new ArrayList<>();
        if (role == Role.ASSISTANT) {
            message.path("tool_calls").forEach(call -> ids.add(call.path("id").asString("")));
        }
        return ids;
    }

    private static @Nullable String answers(JsonNode message, Role role, String where) {
        if (role != Role.TOOL) {
            return null;
        }
        String id = message.path("tool_call_id").asString("");
        if (id.isEmpty()) {
            throw new BadRequest(where + ".tool_call_id", where + ".tool_call_id is required");
        }
        return id;
    }

    private static String text(JsonNode content, List<AttachmentParams> images, String where) {
        if (content.isString()) {
            return content.asString();
        }
        if (content.isMissingNode() || content.isNull()) {
            return "";
        }
        if (!content.isArray()) {
            throw new BadRequest(where, where + " must be a text or a list of parts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content) {
            switch (part.path("type").asString("")) {
                case "text" -> texts.add(part.path("text").asString(""));
                case "refusal" -> texts.add(part.path("refusal").asString(""));
                case "image_url" -> images.add(image(part, where));
                default ->
                    throw new BadRequest(
                            where,
                            where + " has a part of another type than text and image_url, which are all that is taken");
            }
        }
        return String.join("\n", texts);
    }

    private static AttachmentParams image(JsonNode part, String where) {
        Matcher url = DATA_URL.matcher(part.path("image_url").path("url").asString(""));
        if (!url.matches()) {
            throw new BadRequest(
                    where, where + ": an image must be given as a data URL in base64; addresses are not fetched");
        }
        return new AttachmentParams(null, url.group(2), url.group(1), "image");
    }
}
