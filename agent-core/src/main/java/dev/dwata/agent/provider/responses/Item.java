package dev.dwata.agent.provider.responses;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.provider.wire.Utterance;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;

/// An item of the response while it is being said.
sealed interface Item {

    /// Takes the item's start or end, or a delta to it.
    void add(ResponsesEvent event) throws InterruptedException;

    /// What it has become. Absent where it is empty.
    @Nullable
    Part end() throws InterruptedException;

    /// The item that an event starts; absent for kinds that mean nothing here.
    static @Nullable Item of(ResponsesEvent event, DeltaSink sink) {
        return switch (event.kind.isEmpty() ? event.type : event.kind) {
            case "message", "response.output_text.delta", "response.refusal.delta" -> new Said(Utterance.text(sink));
            case "reasoning", "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                new Thinking(Utterance.thought(sink));
            case "function_call", "response.function_call_arguments.delta", "response.function_call_arguments.done" ->
                new Call();
            default -> null;
        };
    }

    /// `message`. One that came without deltas is said when it is done.
    final class Said implements Item {
        private final Utterance utterance;
        private boolean spoken;

        Said(Utterance utterance) {
            this.utterance = utterance;
        }

        @Override
        public void add(ResponsesEvent event) throws InterruptedException {
            boolean done = event.type.equals("response.output_item.done");
            String piece = done && !spoken ? event.whole.toString() : event.delta;
            spoken |= piece != null && !piece.isEmpty();
            utterance.add(piece);
        }

        @Override
        public @Nullable Part end() throws InterruptedException {
            return utterance.end(null);
        }
    }

    /// `reasoning`, with a summary in several parts or none, and encrypted once it is done.
    final class Thinking implements Item {
        private final Utterance utterance;
        private boolean spoken;
        private String id = "";
        private @Nullable String encrypted;

        Thinking(Utterance utterance) {
            this.utterance = utterance;
        }

        @Override
        public void add(ResponsesEvent event) throws InterruptedException {
            if (event.id != null) {
                id = event.id;
            }
            if (event.encrypted != null && !event.encrypted.isEmpty()) {
                encrypted = event.encrypted;
            }
            String piece = switch (event.type) {
                case "response.reasoning_summary_part.added" -> spoken ? "\n\n" : null;
                case "response.output_item.done" -> spoken ? null : event.whole.toString();
                default -> event.delta;
            };
            spoken |= piece != null && !piece.isEmpty();
            utterance.add(piece);
        }

        @Override
        public @Nullable Part end() throws InterruptedException {
            return utterance.end(encrypted == null ? null : Thought.sign(id, encrypted));
        }
    }

    /// `function_call`.
    final class Call implements Item {
        private String id = "";
        private String name = "";
        private final StringBuilder json = new StringBuilder();

        @Override
        public void add(ResponsesEvent event) {
            if (event.callId != null) {
                id = event.callId;
            }
            if (event.name != null) {
                name = event.name;
            }
            if (event.delta != null) {
                json.append(event.delta);
            }
            // Whole arguments repeat what the deltas said, which some servers leave out.
            if (json.isEmpty() && event.arguments != null) {
                json.append(event.arguments);
            }
        }

        @Override
        public Part end() {
            return new Part.ToolCall(id, ToolSpec.decode(name), Replies.arguments(json.toString()));
        }
    }
}
