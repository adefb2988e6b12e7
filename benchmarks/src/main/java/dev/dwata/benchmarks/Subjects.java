package dev.dwata.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes that are all asked in turn; closed together.
final class Subjects implements AutoCloseable {
    private final List<Child> all = new ArrayList<>();

    Subjects(List<String> names, Model model, Path folder) throws IOException {
        for (String name : names) {
            all.add(Peers.start(name, model, folder));
        }
    }

    List<Child> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(Child::close);
    }
}
