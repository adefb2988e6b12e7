package dev.dwata.agent.provider.openai;

import dev.dwata.agent.provider.wire.Replies;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts tool calls together from their pieces.
///
/// A piece belongs to the call with its index. Not every server numbers them, and some number every call 0; so
/// a piece with an id of its own, or with a name when the call before is complete, starts another call.
final class Calls {
    private final List<Growing> calls = new ArrayList<>();

    void add(CallDelta piece) {
        Growing call = find(piece);
        if (call == null) {
            call = new Growing(piece.index);
            calls.add(call);
        }
        if (call.id.isEmpty()) {
            call.id = piece.id;
        }
        if (call.name.isEmpty()) {
            call.name = piece.name;
        }
        call.arguments.append(piece.arguments);
    }

    int size() {
        return calls.size();
    }

    List<Part.ToolCall> whole() {
        return calls.stream()
                .map(call -> new Part.ToolCall(
                        call.id, ToolSpec.decode(call.name), Replies.arguments(call.arguments.toString())))
                .toList();
    }

    private @Nullable Growing find(CallDelta piece) {
        Growing latest = null;
        for (Growing call : calls.reversed()) {
            if (piece.index >= 0 && piece.index != call.index) {
                continue;
            }
            if (latest == null) {
                latest = call;
            }
            if (!piece.id.isEmpty() && piece.id.equals(call.id)) {
                latest = call;
                break;
            }
        }
        return latest == null || startsAnother(piece, latest) ? null : latest;
    }

    private static boolean startsAnother(CallDelta piece, Growing call) {
        if (!piece.id.isEmpty() && !call.id.isEmpty() && !piece.id.equals(call.id)) {
            return true;
        }
        boolean saysMore = !piece.arguments.isEmpty() || !piece.name.equals(call.name);
        return !piece.name.isEmpty() && saysMore && call.isWhole();
    }

    private static final class Growing {
        private final int index;
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        Growing(int index) {
            this.index = index;
        }

        boolean isWhole() {
            return !arguments.isEmpty()
                    && Replies.arguments(arguments.toString()).isObject();
        }
    }
}
