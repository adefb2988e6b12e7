package dev.dwata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Prints how long the source files are, and fails on those that nobody reads to the end.
class FileSizeTest {
    private record Size(String file, int lines) {}

    @Test
    void noFileIsTooLong() {
        StringBuilder report = new StringBuilder(
                "%-24s %5s %6s %4s %4s  %s%n".formatted("lines per file", "files", "median", "p90", "max", "longest"));
        List<Size> main = sizes("main", report);
        List<Size> test = sizes("test", report);
        System.out.print(report);

        assertThat(main).noneMatch(size -> size.lines() > 400);
        assertThat(test).noneMatch(size -> size.lines() > 600);
        assertThat(main).noneMatch(size -> size.file().endsWith("/AgentLoop.java") && size.lines() > 200);
    }

    private static List<Size> sizes(String set, StringBuilder report) {
        List<Size> all = new ArrayList<>();
        for (Map.Entry<String, List<Path>> module : Checkout.sources(set).entrySet()) {
            List<Size> sizes = module.getValue().stream()
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(file -> new Size(Checkout.name(file), lines(file)))
                    .toList();
            all.addAll(sizes);
            append(module.getKey() + " " + set, sizes, report);
        }
        append("all " + set, all, report);
        return all;
    }

    private static void append(String name, List<Size> sizes, StringBuilder report) {
        if (sizes.isEmpty()) {
            return;
        }
        List<Size> sorted =
                sizes.stream().sorted(Comparator.comparingInt(Size::lines)).toList();
        Size longest = sorted.getLast();
        report.append("%-24s %5d %6d %4d %4d  %s%n"
                .formatted(
                        name,
                        sorted.size(),
                        sorted.get((sorted.size() - 1) / 2).lines(),
                        sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1).lines(),
                        longest.lines(),
                        longest.file()));
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
