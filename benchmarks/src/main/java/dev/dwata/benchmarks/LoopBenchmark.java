package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Agent runs, each in a session of its own, over a model that answers at once: what the program around it
/// costs. One after the other, and 64 at once.
final class LoopBenchmark {
    private static final int TOKENS = 200;
    private static final int MANY = 64;

    private final Options options;
    private final Path folder;

    LoopBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        String dwata = options.store() ? Peers.DWATA_STORE : Peers.DWATA;
        List<String> peers = Peers.present(options.peers(), out);
        List<String> names = new ArrayList<>(List.of(Peers.HAND, dwata));
        names.addAll(peers);
        Targets targets = new Targets(out);
        try (Model model = new Model(TOKENS, 0);
                Subjects subjects = new Subjects(names, model, folder)) {
            for (int atOnce : new int[] {1, MANY}) {
                int warmUp = atOnce == 1 ? options.warmUp() : options.warmUp() / 4;
                Race race = new Race(subjects.all(), TOKENS, atOnce).run(warmUp, options.rounds(), options.runs());
                race.print(out);
                judge(race, dwata, peers, targets);
            }
        }
        return targets.reached();
    }

    private void judge(Race race, String dwata, List<String> peers, Targets targets) {
        double toHand = race.ratio(dwata, Peers.HAND, Block::cpuMillis);
        if (options.store()) {
            targets.atMost(1.6, 1.6, toHand, "CPU, of the loop by hand");
        } else {
            targets.atMost(1.3, 1.6, toHand, "CPU, of the loop by hand");
        }
        for (String peer : peers) {
            targets.atMost(1, 1, race.ratio(dwata, peer, Block::cpuMillis), "CPU, of " + peer);
        }
    }
}
