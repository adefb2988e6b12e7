package dev.dwata.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// What the JVM says that a run allocates: the steadiest of all figures.
final class AllocBenchmark {
    private static final int TOKENS = 200;

    private final Options options;
    private final Path folder;

    AllocBenchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws Exception {
        List<String> names = List.of(Peers.HAND, Peers.DWATA, Peers.DWATA_STORE, Peers.LANGCHAIN);
        Targets targets = new Targets(out);
        try (Model model = new Model(TOKENS, 0);
                Subjects subjects = new Subjects(names, model, folder)) {
            Race race = new Race(subjects.all(), TOKENS, 1).run(options.warmUp(), options.rounds(), options.runs());
            race.print(out);
            targets.atMost(450, 650, race.median(Peers.DWATA, Block::allocated), "kilobytes of a run");
            targets.atMost(1, 1, race.ratio(Peers.DWATA, Peers.LANGCHAIN, Block::allocated), "of LangChain4j's");
        }
        return targets.reached();
    }
}
