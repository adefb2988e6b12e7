package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How many connections one run after the other opens: each is a handshake of TLS where the model is far away.
final class ConnectionsBenchmark {
    private static final int TOKENS = 200;

    private final Options options;
    private final Path folder;

    ConnectionsBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the target was reached
    boolean run(PrintStream out) throws Exception {
        List<String> names = new ArrayList<>(List.of(Peers.HAND, Peers.DWATA, Peers.DWATA_STORE));
        names.addAll(Peers.present(options.peers(), out));
        out.printf("%n%-14s %12s %12s%n", "", "requests", "connections");
        Targets targets = new Targets(out);
        for (String name : names) {
            Model.Counts counts = measure(name);
            out.printf("%-14s %12d %12d%n", name, counts.requests(), counts.connections());
            if (name.startsWith(Peers.DWATA)) {
                targets.atMost(1, 1, counts.connections(), "connections of " + name);
            }
        }
        return targets.reached();
    }

    private Model.Counts measure(String name) throws Exception {
        try (Model model = new Model(TOKENS, 0);
                Child subject = Peers.start(name, model, folder)) {
            Block.measure(subject, options.runs(), 1, TOKENS);
            return model.counts();
        }
    }
}
