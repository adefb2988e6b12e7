package dev.dwata.agent.process;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a program ended.
///
/// @param code   what it said, 0 to 255; -1 where it could not be ended and still runs; where a signal ended
///               it: 128 and the number of that
/// @param signal `SIGTERM`; absent where none ended it. A program that ends by itself with such a code, as
///               shells do for what they ran, cannot be told from one that a signal ended
public record ExitStatus(int code, @Nullable String signal) {
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"));

    static ExitStatus of(int code) {
        return new ExitStatus(code, SIGNALS.get(code - SIGNALLED));
    }
}
