package dev.dwata.agent.provider.anthropic;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.provider.wire.Utterance;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A content block of the reply while it is being said.
sealed interface Block {

    /// Takes the block's start, or a delta to it.
    void add(StreamPiece piece) throws InterruptedException;

    /// What it has become. Absent where it is empty.
    @Nullable
    Part end() throws InterruptedException;

    /// The block that a piece starts; absent for kinds that mean nothing here.
    static @Nullable Block of(StreamPiece piece, DeltaSink sink) {
        return switch (piece.kind) {
            case "text", "text_delta" -> new Said(Utterance.text(sink));
            case "thinking", "thinking_delta", "signature_delta" -> new Said(Utterance.thought(sink));
            case "redacted_thinking" -> new Redacted();
            case "tool_use" -> new Call();
            default -> null;
        };
    }

    /// `text` or `thinking`.
    final class Said implements Block {
        private final Utterance utterance;
        private final StringBuilder signature = new StringBuilder();

        Said(Utterance utterance) {
            this.utterance = utterance;
        }

        @Override
        public void add(StreamPiece piece) throws InterruptedException {
            utterance.add(piece.text);
            if (piece.signature != null) {
                signature.append(piece.signature);
            }
        }

        @Override
        public @Nullable Part end() throws InterruptedException {
            return utterance.end(signature.isEmpty() ? null : signature.toString());
        }
    }

    /// `redacted_thinking`, which comes whole.
    final class Redacted implements Block {
        private String data = "";

        @Override
        public void add(StreamPiece piece) {
            if (piece.data != null) {
                data = piece.data;
            }
        }

        @Override
        public Part end() {
            return Thinking.redacted(data);
        }
    }

    /// `tool_use`.
    final class Call implements Block {
        private String id = "";
        private String name = "";
        private @Nullable JsonNode whole;
        private final StringBuilder json = new StringBuilder();

        @Override
        public void add(StreamPiece piece) {
            if (piece.id != null) {
                id = piece.id;
            }
            if (piece.name != null) {
                name = piece.name;
            }
            if (piece.input != null) {
                whole = piece.input;
            }
            if (piece.partialJson != null) {
                json.append(piece.partialJson);
            }
        }

        /// The start has an empty object; that counts only where nothing more came, as from servers that do not
        /// split arguments.
        @Override
        public Part end() {
            JsonNode input = whole;
            String raw = json.isEmpty() && input != null ? Json.MAPPER.writeValueAsString(input) : json.toString();
            return new Part.ToolCall(id, ToolSpec.decode(name), Replies.arguments(raw));
        }
    }
}
