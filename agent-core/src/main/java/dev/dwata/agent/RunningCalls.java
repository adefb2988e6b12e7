package dev.dwata.agent;

import dev.dwata.types.Part;
import dev.dwata.types.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tool calls that this process is carrying out.
final class RunningCalls {
    private final ConcurrentMap<Key, RunningCall> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<RunId, List<String>> leftBehind = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    private record Key(RunId run, String toolCallId) {}

    /// Begins a call on the current thread; to be closed there.
    ///
    /// @param stopping whether the whole run was stopped, which an interrupt may mean just as well
    RunningCall begin(RunId run, Part.ToolCall call, RunTask.Stop stopping) {
        Key key = new Key(run, call.id());
        RunningCall running =
                new RunningCall(call, numbers.incrementAndGet(), stopping, done -> calls.remove(key, done));
        calls.put(key, running);
        return running;
    }

    /// @return absent if this process is not carrying it out
    @Nullable
    RunningCall find(RunId run, String toolCallId) {
        return calls.get(new Key(run, toolCallId));
    }

    /// Those of a run, in the order in which they began.
    List<RunningCall> of(RunId run) {
        return calls.entrySet().stream()
                .filter(entry -> entry.getKey().run().equals(run))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong(RunningCall::number))
                .toList();
    }

    /// What a call of a run has begun may still be going on, though it was stopped.
    void leaveBehind(RunId run, List<String> what) {
        leftBehind.merge(
                run,
                List.copyOf(what),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }

    /// What calls of a run have left behind. To be asked once, at its end.
    List<String> leftBehind(RunId run) {
        List<String> all = leftBehind.remove(run);
        return all == null ? List.of() : all;
    }
}
