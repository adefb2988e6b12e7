package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.provider.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// The fields of one chunk of the stream. Used again for each chunk.
final class GeminiChunk {
    final List<PartPiece> parts = new ArrayList<>();

    @Nullable
    String finishReason;

    @Nullable
    String finishMessage;

    /// Why the request was not answered at all.
    @Nullable
    String blockReason;

    @Nullable
    JsonNode error;

    final GeminiUsage usage = new GeminiUsage();

    private final JsonFields.Visitor top = this::topField;
    private final JsonFields.ElementVisitor candidates = this::oneCandidate;
    private final JsonFields.Visitor candidate = this::candidateField;
    private final JsonFields.Visitor content = this::contentField;
    private final JsonFields.ElementVisitor part = this::onePart;
    private boolean first;

    /// Reads a chunk in place of the last one; the usage alone is kept.
    void read(JsonParser in) {
        parts.clear();
        finishReason = null;
        finishMessage = null;
        blockReason = null;
        error = null;
        first = true;
        JsonFields.each(in, top);
    }

    private void topField(String field, JsonParser in) {
        switch (field) {
            case "candidates" -> JsonFields.elements(in, candidates);
            case "usageMetadata" -> usage.read(in);
            case "promptFeedback" ->
                JsonFields.each(in, (name, value) -> {
                    if (name.equals("blockReason")) {
                        blockReason = JsonFields.text(value);
                    }
                });
            case "error" -> error = in.currentToken() == JsonToken.VALUE_NULL ? null : in.readValueAsTree();
            default -> {}
        }
    }

    /// One answer is asked for.
    private void oneCandidate(JsonParser in) {
        if (first) {
            first = false;
            JsonFields.each(in, candidate);
        }
    }

    private void candidateField(String field, JsonParser in) {
        switch (field) {
            case "content" -> JsonFields.each(in, content);
            case "finishReason" -> finishReason = JsonFields.text(in);
            case "finishMessage" -> finishMessage = JsonFields.text(in);
            default -> {}
        }
    }

    private void contentField(String field, JsonParser in) {
        if (field.equals("parts")) {
            JsonFields.elements(in, part);
        }
    }

    private void onePart(JsonParser in) {
        PartPiece piece = new PartPiece();
        JsonFields.each(in, piece);
        parts.add(piece);
    }
}
