package dev.dwata.agent;

import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notices when a model goes in circles: the same tool with the same arguments, whatever their order, again and
/// again.
final class RepeatedCalls {
    private final Limits limits;
    private final Deque<String> latest = new ArrayDeque<>();
    private final Set<String> warned = new HashSet<>();
    private @Nullable String last;
    private int inARow;

    RepeatedCalls(Limits limits) {
        this.limits = limits;
    }

    enum Verdict {
        FINE,
        /// Not to be run; the model is to be told.
        TOO_OFTEN,
        /// It was told, and did it again.
        AGAIN
    }

    /// Takes note of a call that is about to be made.
    Verdict next(Part.ToolCall call) {
        String key = call.name() + " " + Json.canonical(call.arguments());
        inARow = key.equals(last) ? inARow + 1 : 1;
        last = key;
        latest.addLast(key);
        if (latest.size() > Limits.LATEST_CALLS) {
            latest.removeFirst();
        }
        boolean tooOften = inARow >= limits.maxIdenticalToolCalls()
                || Collections.frequency(latest, key) >= limits.maxIdenticalOfLatest();
        if (!tooOften) {
            warned.remove(key);
            return Verdict.FINE;
        }
        return warned.add(key) ? Verdict.TOO_OFTEN : Verdict.AGAIN;
    }
}
