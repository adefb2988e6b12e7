package dev.dwata.cli.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An [EffectGateway] and those that come after it on the same folder.
final class GatewayProcess implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Path folder;
    private final String provider;
    private @Nullable Process process;
    private @Nullable URI address;
    private boolean working;

    GatewayProcess(Path folder, String provider) {
        this.folder = folder;
        this.provider = provider;
    }

    /// Starts one; it is not ready yet.
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Ddwata.log.level=error",
                "-cp",
                System.getProperty("java.class.path"),
                EffectGateway.class.getName(),
                folder.resolve("home").toString(),
                effects().toString()));
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(DWATA|ANTHROPIC|OPENAI|GROQ|OPENROUTER|OLLAMA)_.*"));
        builder.environment().put("OPENAI_BASE_URL", provider);
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("gateway.log").toFile()));
        Process started = builder.start();
        process = started;
        Thread.ofVirtual().start(() -> announce(started));
    }

    /// Where the effects are.
    Path effects() {
        return folder.resolve("effects");
    }

    private void announce(Process started) {
        try (BufferedReader lines = started.inputReader()) {
            String line = lines.readLine();
            if (line != null) {
                set(started, URI.create(line));
            }
        } catch (IOException e) {
            set(started, null);
        }
    }

    private synchronized void set(Process of, @Nullable URI ready) {
        if (of.equals(process)) {
            address = ready;
            notifyAll();
        }
    }

    /// Waits until the present one, or one after it, can be connected to.
    synchronized URI awaitAddress() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (address == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(
                        "the gateway was not ready within " + SECONDS + " s: see " + folder.resolve("gateway.log"));
            }
            wait(left);
        }
        return address;
    }

    /// Tells that the present one does something.
    synchronized void works() {
        working = true;
        notifyAll();
    }

    /// Waits until the present one does something, but not for long.
    synchronized void awaitWork() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!working) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        Process victim;
        synchronized (this) {
            address = null;
            working = false;
            victim = process;
        }
        if (victim != null && !victim.toHandle().destroyForcibly()) {
            throw new AssertionError("the gateway had ended by itself, with " + victim.waitFor());
        }
        if (victim != null) {
            victim.waitFor();
        }
    }

    @Override
    public void close() {
        Process last = process;
        if (last != null) {
            last.destroyForcibly();
        }
    }
}
