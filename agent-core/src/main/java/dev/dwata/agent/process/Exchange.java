package dev.dwata.agent.process;

import java.time.Duration;

/// What a program is told, and what it may say, from its start to its end.
///
/// @param input      all that it reads, then comes the end
/// @param atMost     it is ended when it takes longer
/// @param mostOutput how many bytes it may say, output and errors together; it is ended when there are more
/// @param listener   takes what it says
public record Exchange(String input, Duration atMost, long mostOutput, Listener listener) {
    /// What is killed for saying more: 50 MiB.
    public static final long MOST_OUTPUT = 50L << 20;

    public Exchange {
        if (atMost.isNegative() || atMost.isZero() || mostOutput < 1) {
            throw new IllegalArgumentException("a program needs some time, and some output to say something");
        }
    }

    /// Takes what a program says. Output and errors come on a thread each.
    public interface Listener {
        /// @param bytes valid during the call only
        void output(byte[] bytes, int length);

        /// @param bytes valid during the call only
        void errors(byte[] bytes, int length);

        /// Told some times a second, on the thread of the caller, while the program runs.
        void stillRunning() throws InterruptedException;
    }
}
