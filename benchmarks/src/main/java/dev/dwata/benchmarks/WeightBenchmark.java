package dev.dwata.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What an application takes on that embeds the agent with all its providers: its jars and those they need, as
/// Maven resolves them. The limit is what LangChain4j 1.19.0 takes with its OpenAI client.
final class WeightBenchmark {
    private static final int MOST_JARS = 12;
    private static final double MOST_MEGABYTES = 8.4;
    private static final long MAVEN_MINUTES = 10;
    private static final double MEGABYTE = 1e6;

    private final Path folder;

    WeightBenchmark(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /// @return whether the targets were reached
    boolean run(PrintStream out) throws IOException, InterruptedException {
        List<Path> jars = new ArrayList<>(own());
        jars.addAll(needed());
        double bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
            out.printf("%8.2f MB  %s%n", Files.size(jar) / MEGABYTE, jar.getFileName());
        }
        Targets targets = new Targets(out);
        targets.atMost(MOST_JARS, MOST_JARS, jars.size(), "jars");
        targets.atMost(MOST_MEGABYTES, MOST_MEGABYTES, bytes / MEGABYTE, "megabytes");
        return targets.reached();
    }

    /// Built together with this program, and hence on its class path.
    private static List<Path> own() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().matches("(agent-core|shared-types)-.*\\.jar"))
                .toList();
    }

    private List<Path> needed() throws IOException, InterruptedException {
        Path list = folder.resolve("class-path");
        Path root = Objects.requireNonNull(Peers.home().toAbsolutePath().getParent());
        Process maven = new ProcessBuilder(
                        root.resolve("mvnw").toString(),
                        "-f",
                        root.resolve("pom.xml").toString(),
                        "-B",
                        "-q",
                        "-ntp",
                        "-Dfast",
                        "-pl",
                        "agent-core",
                        "-am",
                        "compile",
                        "dependency:build-classpath",
                        "-DincludeScope=runtime",
                        "-Dmdep.outputFile=" + list)
                .inheritIO()
                .start();
        if (!maven.waitFor(MAVEN_MINUTES, TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroyForcibly();
            throw new IllegalStateException("Maven could not tell what agent-core needs");
        }
        return Arrays.stream(Files.readString(list).strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }
}
