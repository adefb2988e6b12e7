package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A process under way. What it says is read all the time, so that it never waits for a reader.
final class Running implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Process process;
    private final Said out;
    private final Said err;

    Running(Process process) {
        this.process = process;
        this.out = new Said(process.getInputStream());
        this.err = new Said(process.getErrorStream());
    }

    long pid() {
        return process.pid();
    }

    /// Gives it something to read, and then the end.
    Running input(String text) throws IOException {
        type(text);
        process.getOutputStream().close();
        return this;
    }

    /// Gives it something to read, and no end.
    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /// Waits until it has said so on stdout.
    String awaitOut(Predicate<String> enough) throws InterruptedException {
        return out.await(enough, err);
    }

    String awaitErr(Predicate<String> enough) throws InterruptedException {
        return err.await(enough, out);
    }

    /// @param name `INT`, `TERM`, `KILL`
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /// Waits for its end.
    Ran end() throws InterruptedException {
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = out.all();
        String told = err.all();
        assertThat(ended).as("it ends; out: %s err: %s", said, told).isTrue();
        return new Ran(process.exitValue(), said, told);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static final class Said {
        private final StringBuilder text = new StringBuilder();
        private boolean over;

        Said(InputStream in) {
            Thread.ofPlatform().daemon().start(() -> read(in));
        }

        synchronized String await(Predicate<String> enough, Said other) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (!enough.test(text.toString())) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(!over && left > 0)
                        .as("it says what is waited for; it said: %s; and on its other stream: %s", text, other.text)
                        .isTrue();
                wait(left);
            }
            return text.toString();
        }

        synchronized String all() throws InterruptedException {
            while (!over) {
                wait(TimeUnit.SECONDS.toMillis(SECONDS));
            }
            return text.toString();
        }

        private void read(InputStream in) {
            byte[] bytes = new byte[8_192];
            try (in) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    add(new String(bytes, 0, count, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                add("");
            }
            end();
        }

        private synchronized void add(String more) {
            text.append(more);
            notifyAll();
        }

        private synchronized void end() {
            over = true;
            notifyAll();
        }
    }
}
