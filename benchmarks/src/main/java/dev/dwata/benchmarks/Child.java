package dev.dwata.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process that answers each line on its stdin with one on its stdout. What it costs is what the operating
/// system says it does, so what others do costs it nothing.
final class Child implements AutoCloseable {
    private static final long ANSWER_SECONDS = 900;
    private static final long LOOK_MILLIS = 100;
    private static final long END_SECONDS = 10;

    private final String name;
    private final Process process;
    private final Writer stdin;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(16);
    private int mostThreads;

    Child(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        stdin = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader stdout =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Thread.startVirtualThread(() -> stdout.lines().forEach(answers::add));
    }

    /// One of this program's own, on the JVM that this one runs on, with the collector that `./dwata` has.
    static Child java(String name, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new Child(name, command);
    }

    String name() {
        return name;
    }

    String ask(String line) throws IOException, InterruptedException {
        send(line);
        return answer();
    }

    /// What it answers is read by [#answer].
    void send(String line) throws IOException {
        stdin.write(line + "\n");
        stdin.flush();
    }

    /// The next line, waiting for it; meanwhile its threads are counted.
    String answer() throws InterruptedException {
        mostThreads = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (System.nanoTime() < deadline) {
            String answer = answers.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (answer != null) {
                return answer;
            }
            if (!process.isAlive() && answers.isEmpty()) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue());
            }
            mostThreads = Math.max(mostThreads, (int) status("Threads:"));
        }
        throw new IllegalStateException(name + " did not answer within " + ANSWER_SECONDS + " s");
    }

    /// User and system time of all its threads since it began.
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell a process's CPU time"));
    }

    /// The most threads that it was seen with while it worked on its latest answer; 0 where the system does not
    /// tell.
    int mostThreads() {
        return mostThreads;
    }

    /// The most memory that it ever had, in kilobytes; 0 where the system does not tell.
    long peakKilobytes() {
        return status("VmHWM:");
    }

    private long status(String field) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            @Nullable
            String line = Files.isReadable(status)
                    ? Files.readAllLines(status).stream()
                            .filter(candidate -> candidate.startsWith(field))
                            .findFirst()
                            .orElse(null)
                    : null;
            return line == null ? 0 : Long.parseLong(line.replaceAll("[^0-9]", ""));
        } catch (IOException e) {
            if (!process.isAlive()) {
                return 0;
            }
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            stdin.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
