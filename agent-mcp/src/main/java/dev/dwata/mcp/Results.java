package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a server returned, as the outcome of a call:
///
///     {"text": "…", "structured": {…}, "other": [{"type": "image", "media_type": "image/png", "bytes": 2048}],
///      "truncated": true}
///
/// All of it is data inside this one object, whatever it looks like.
final class Results {
    static final int MOST_BYTES = 1 << 20;
    private static final int MOST_OTHERS = 100;
    private static final int MOST_IN_A_NOTE = 1000;

    private final ObjectNode data = Json.MAPPER.createObjectNode();
    private final StringBuilder text = new StringBuilder();
    private final ArrayNode others = Json.MAPPER.createArrayNode();
    private int left = MOST_BYTES;
    private boolean truncated;

    private Results() {}

    /// @param result of `tools/call`
    static ToolOutcome outcome(JsonNode result) {
        Results results = new Results();
        boolean failed = result.path("isError").asBoolean(false);
        results.read(result);
        if (failed) {
            String said = results.text.toString().strip();
            return new ToolOutcome.Failure(said.isEmpty() ? "the server says that it failed, and not why" : said);
        }
        return new ToolOutcome.Success(results.data);
    }

    private void read(JsonNode result) {
        JsonNode structured = result.path("structuredContent");
        for (JsonNode part : result.path("content")) {
            if (!isSaid(structured, part)) {
                add(part);
            }
        }
        if (structured.isContainer()) {
            addStructure(CleanText.of(structured));
        }
        if (!text.isEmpty() || (data.isEmpty() && others.isEmpty())) {
            data.put("text", text.toString());
        }
        if (!others.isEmpty()) {
            data.set("other", others);
        }
        if (truncated) {
            data.put("truncated", true);
        }
    }

    /// A server says what it returns as structure in a text as well, for old clients: once is enough.
    private static boolean isSaid(JsonNode structured, JsonNode part) {
        String text = part.path("text").asString("");
        if (!structured.isContainer() || (!text.startsWith("{") && !text.startsWith("["))) {
            return false;
        }
        try {
            return structured.equals(Json.MAPPER.readTree(text));
        } catch (JacksonException e) {
            return false;
        }
    }

    private void addStructure(JsonNode clean) {
        String written = Json.MAPPER.writeValueAsString(clean);
        int size = Cut.size(written);
        if (size <= left) {
            data.set("structured", clean);
            left -= size;
        } else if (text.isEmpty()) {
            say(written);
        } else {
            truncated = true;
        }
    }

    private void add(JsonNode part) {
        switch (part.path("type").asString("")) {
            case "text" -> say(part.path("text").asString(""));
            case "image" -> note("image", part.path("mimeType"), bytesOf(part.path("data")), null);
            case "audio" -> note("audio", part.path("mimeType"), bytesOf(part.path("data")), null);
            case "resource_link" -> note("link", part.path("mimeType"), null, part.path("uri"));
            case "resource" -> resource(part.path("resource"));
            default -> note("unknown", part.path("type"), null, null);
        }
    }

    private void resource(JsonNode resource) {
        if (resource.path("text").isString()) {
            note("resource", resource.path("mimeType"), null, resource.path("uri"));
            say(resource.path("text").stringValue());
        } else {
            note("resource", resource.path("mimeType"), bytesOf(resource.path("blob")), resource.path("uri"));
        }
    }

    private void say(String more) {
        String clean = CleanText.of(more);
        String kept = left < 4 ? "" : Cut.toBytes(clean, left);
        truncated |= !kept.equals(clean);
        left -= Cut.size(kept);
        if (!kept.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(kept);
        }
    }

    private void note(String type, JsonNode mediaType, @Nullable Long bytes, @Nullable JsonNode uri) {
        if (others.size() == MOST_OTHERS) {
            truncated = true;
            return;
        }
        ObjectNode note = others.addObject().put("type", type);
        if (mediaType.isString()) {
            note.put("media_type", Cut.toBytes(CleanText.of(mediaType.stringValue()), 100));
        }
        if (bytes != null) {
            note.put("bytes", bytes);
        }
        if (uri != null && uri.isString()) {
            note.put("uri", Cut.toBytes(CleanText.of(uri.stringValue()), MOST_IN_A_NOTE));
        }
    }

    private static long bytesOf(JsonNode base64) {
        String data = base64.asString("");
        long padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
        return data.length() / 4 * 3L - padding;
    }
}
