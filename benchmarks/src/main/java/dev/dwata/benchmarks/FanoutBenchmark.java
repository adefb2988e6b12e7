package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// What it costs the gateway to tell many clients of an event, beside a loop in C that sends bytes made
/// beforehand. The log is in memory: storing has its own benchmark.
final class FanoutBenchmark {
    /// As many as a commit holds under load.
    private static final int TOGETHER = 16;

    private static final int AT_ONCE = 160;
    private static final int WARM_UP = 3;

    private final Options options;
    private final Path folder;

    FanoutBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        int events = Math.ceilDiv(options.events(), AT_ONCE) * AT_ONCE;
        try (FanoutServer single = FanoutServer.dwata("dwata, an event a message", options.clients(), false);
                FanoutServer batched =
                        FanoutServer.dwata("dwata, clients that take several", options.clients(), true)) {
            single.round(AT_ONCE, AT_ONCE, false); // with what clients tell of each other when they come
            for (int i = 0; i < WARM_UP; i++) {
                single.round(events, AT_ONCE, false);
                batched.round(events, AT_ONCE, false);
            }
            try (FanoutServer limit = FanoutServer.limit(options.clients(), single.bytesPerEvent(), folder)) {
                List<FanoutServer> all = List.of(limit, single, batched);
                for (int round = 0; round <= options.rounds(); round++) {
                    for (FanoutServer server : all) {
                        server.round(events, AT_ONCE, round > 0);
                    }
                }
                out.printf("%-40s %12s %14s%n", options.clients() + " clients", "CPU us/event", "bytes/event");
                all.forEach(server -> server.print(out));
                Targets targets = new Targets(out);
                targets.atMost(2.2, 2.2, single.cpuMicros() / limit.cpuMicros(), "CPU of an event, of C's send");
                targets.atMost(
                        3,
                        3,
                        batched.cpuMicros() * TOGETHER / limit.cpuMicros(),
                        "CPU of " + TOGETHER + " events to clients that take several, of one send in C");
                return targets.reached();
            }
        }
    }
}
