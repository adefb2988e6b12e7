package dev.dwata.gateway.agui;

import dev.dwata.agent.store.Attachment;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.wire.AttachmentParams;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The content of a message: a text, or parts.
///
/// @param attached images and files, in their order
record MessageContent(String text, List<AttachmentParams> attached) {

    /// @param where its name, for the message
    /// @throws AgentException with `InvalidRequest` naming what is wrong, `Unsupported` for what is elsewhere
    static MessageContent of(String where, JsonNode content) {
        if (content.isString()) {
            return new MessageContent(content.stringValue(), List.of());
        }
        if (!content.isArray()) {
            throw Asked.invalid(where + " must be a string or an array of parts");
        }
        List<String> texts = new ArrayList<>();
        List<AttachmentParams> attached = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            String name = where + "[" + i + "]";
            String type = part.path("type").asString("");
            if (type.equals("text")) {
                JsonNode text = part.has("text") ? part.get("text") : part.path("content");
                if (!text.isString()) {
                    throw Asked.invalid(name + ".text must be a string");
                }
                texts.add(text.stringValue());
            } else {
                attached.add(attached(name, type, part));
            }
        }
        return new MessageContent(String.join("\n", texts), attached);
    }

    private static AttachmentParams attached(String name, String type, JsonNode part) {
        return switch (type) {
            case "image", "document", "audio", "video" -> sourced(name + ".source", part.path("source"), name(part));
            case "binary" -> binary(name, part);
            default ->
                throw Asked.invalid(
                        name + ".type must be one of text, image, document, audio, video, binary, not '" + type + "'");
        };
    }

    private static AttachmentParams sourced(String where, JsonNode source, String name) {
        String value = source.path("value").asString("");
        return switch (source.path("type").asString("")) {
            case "data" -> data(where, value, source.path("mimeType").asString(""), name);
            case "file" -> file(where, value);
            case "url" -> throw elsewhere(where);
            default -> throw Asked.invalid(where + ".type must be data or file");
        };
    }

    /// As earlier versions of AG-UI have it.
    private static AttachmentParams binary(String where, JsonNode part) {
        if (part.path("data").isString()) {
            return data(
                    where, part.get("data").stringValue(), part.path("mimeType").asString(""), name(part));
        }
        if (part.path("id").isString()) {
            return file(where, part.get("id").stringValue());
        }
        throw elsewhere(where);
    }

    private static AttachmentParams data(String where, String value, String mediaType, String name) {
        if (value.isEmpty() || mediaType.isEmpty()) {
            throw Asked.invalid(where + " must have the bytes in base64 and their mimeType");
        }
        return new AttachmentParams(null, value, mediaType, name);
    }

    private static AttachmentParams file(String where, String value) {
        if (!Attachment.isUri(value)) {
            throw Asked.invalid(where + " must be attachment:<sha256>, as POST /api/v1/attachments gives it");
        }
        return new AttachmentParams(value, null, null, null);
    }

    private static String name(JsonNode part) {
        String given = part.path("filename").asString("");
        return given.isBlank() ? "file" : given;
    }

    private static AgentException elsewhere(String where) {
        return new AgentException(new AgentError.Unsupported(
                where + ": a URL is not fetched; send the bytes as data, or a stored attachment as file"));
    }
}
