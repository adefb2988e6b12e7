package dev.dwata.agent.provider.wire;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.types.Part;
import org.jspecify.annotations.Nullable;

/// A text of a reply, or a thought before it, as it grows. What comes is passed on clean; half of a surrogate
/// pair waits for its other half.
public final class Utterance {
    private final boolean thought;
    private final DeltaSink sink;
    private final StringBuilder said = new StringBuilder();
    private String half = "";

    private Utterance(boolean thought, DeltaSink sink) {
        this.thought = thought;
        this.sink = sink;
    }

    public static Utterance text(DeltaSink sink) {
        return new Utterance(false, sink);
    }

    public static Utterance thought(DeltaSink sink) {
        return new Utterance(true, sink);
    }

    public boolean isThought() {
        return thought;
    }

    /// Adds what came; absent and empty add nothing.
    public void add(@Nullable String piece) throws InterruptedException {
        if (piece == null || piece.isEmpty()) {
            return;
        }
        String whole = half.isEmpty() ? piece : half + piece;
        int end = whole.length();
        if (Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        half = whole.substring(end);
        pass(whole.substring(0, end));
    }

    /// Ends it. Absent where nothing was said.
    ///
    /// @param signature of a thought
    public @Nullable Part end(@Nullable String signature) throws InterruptedException {
        pass(half);
        half = "";
        if (thought) {
            return said.isEmpty() && signature == null ? null : new Part.Reasoning(said.toString(), signature);
        }
        return said.isEmpty() ? null : new Part.Text(said.toString());
    }

    private void pass(String piece) throws InterruptedException {
        if (piece.isEmpty()) {
            return;
        }
        String clean = Texts.clean(piece);
        said.append(clean);
        sink.accept(thought ? new ModelDelta.Reasoning(clean) : new ModelDelta.Text(clean));
    }
}
