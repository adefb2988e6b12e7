package dev.dwata.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.process.Program.Input;
import dev.dwata.agent.testing.InMemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChildProcessTest {
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("PATH", ".:bin:/usr/bin::/bin"),
            Map.entry("HOME", "/home/somebody"),
            Map.entry("LANG", "C"),
            Map.entry("OPENAI_API_KEY", "sk-secret"),
            Map.entry("DWATA_TOKEN", "secret"),
            Map.entry("LD_PRELOAD", "/tmp/evil.so"),
            Map.entry("BASH_ENV", "/tmp/evil"),
            Map.entry("NODE_OPTIONS", "--require /tmp/evil"),
            Map.entry("GIT_SSH_COMMAND", "/tmp/evil"),
            Map.entry("RUSTUP_TOOLCHAIN", "/tmp/evil"));

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private final Processes processes = new Processes(store.children(), OWN);

    @AfterEach
    void stop() {
        processes.close();
        store.close();
    }

    @Test // J6, J7
    void passesOnFewVariables() throws Exception {
        ChildProcess env =
                processes.start(new Program(List.of("env"), folder).withEnvironment(Map.of("SESSION_ID", "7")));
        Map<String, String> variables = new TreeMap<>();
        for (String line : said(env).lines().toList()) {
            variables.put(line.split("=", 2)[0], line.split("=", 2)[1]);
        }

        assertThat(variables.keySet().removeAll(List.of("PWD", "SHLVL", "_"))).isIn(true, false); // of shells
        assertThat(variables)
                .isEqualTo(new TreeMap<>(Map.of(
                        "PATH", "/usr/bin:/bin",
                        "HOME", "/home/somebody",
                        "LANG", "C",
                        "LC_ALL", "C.UTF-8",
                        "GIT_TERMINAL_PROMPT", "0",
                        "SESSION_ID", "7",
                        "DWATA_CHILD", env.marker())));
    }

    @Test
    void keepsALocaleThatKnowsAllCharacters() throws Exception {
        try (Processes others = new Processes(store.children(), Map.of("LANG", "de_DE.UTF-8"));
                ChildProcess env = others.start(new Program(List.of("env"), folder))) {
            assertThat(said(env)).contains("LANG=de_DE.UTF-8\n").doesNotContain("LC_ALL");
        }
    }

    @Test // J5
    void findsItsInputAtItsEnd() throws Exception {
        ChildProcess cat = processes.start(new Program(List.of("cat"), folder));

        assertThat(said(cat)).isEmpty();
    }

    @Test
    void talksOverItsInputAndOutput() throws Exception {
        try (ChildProcess cat = processes.start(new Program(List.of("cat"), folder).with(Input.PIPE))) {
            cat.input().write("a line\n".getBytes(StandardCharsets.UTF_8));
            cat.input().flush();
            assertThat(new String(cat.output().readNBytes(7), StandardCharsets.UTF_8))
                    .isEqualTo("a line\n");
            assertThat(cat.isAlive()).isTrue();

            cat.input().close();
            assertThat(cat.output().readAllBytes()).isEmpty();
            assertThat(cat.waitFor(Duration.ofSeconds(10))).contains(new ExitStatus(0, null));
        }
    }

    @Test // J8
    void tellsHowItEnded() throws Exception {
        ChildProcess seven = processes.start(new Program(List.of("sh", "-c", "exit 7"), folder));
        assertThat(seven.waitFor(Duration.ofSeconds(10))).contains(new ExitStatus(7, null));

        ChildProcess killed = processes.start(new Program(List.of("sh", "-c", "kill -KILL $$"), folder));
        assertThat(killed.waitFor(Duration.ofSeconds(10))).contains(new ExitStatus(137, "SIGKILL"));
    }

    @ParameterizedTest // J1
    @ValueSource(
            strings = {
                "sleep 999 & sleep 999",
                "(sleep 999 &); sleep 999",
                "nohup sleep 999 >/dev/null 2>&1 & sleep 999",
                "setsid sleep 999 & sleep 999",
                "setsid sh -c 'setsid sleep 999 & sleep 999' & exit 0",
                "trap '' TERM; sh -c 'trap \"\" TERM HUP; while :; do sleep 999; done' & sleep 999; sleep 999",
                "setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 999; done' & sleep 999"
            })
    void endsWithAllThatItStarted(String command) throws Exception {
        ChildProcess child = processes.start(new Program(List.of("sh", "-c", command), folder));
        Soon.becomesTrue(
                "it sleeps", 10, () -> Survivors.of(child.marker()).size() >= (command.contains("exit") ? 1 : 2));

        long before = System.nanoTime();
        assertThat(child.stop()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(Survivors.of(child.marker())).isEmpty();
        assertThat(child.stop()).isEmpty();
    }

    @Test // J1
    void endsADescendantThatHidesItsMarker() throws Exception {
        String seconds = Survivors.uniqueSleep();
        ChildProcess child =
                processes.start(new Program(List.of("sh", "-c", "env -i sleep " + seconds + " & exit 0"), folder));
        Soon.becomesTrue(
                "it is left behind",
                10,
                () -> !child.isAlive() && Survivors.sleeping(seconds).size() == 1);

        child.stop();
        assertThat(Survivors.sleeping(seconds)).isEmpty();
    }

    @Test // J1: cancelled, that is interrupted, while it is being ended
    void endsAllOfItOnAnInterruptedThread() throws Exception {
        ChildProcess child =
                processes.start(new Program(List.of("sh", "-c", "trap '' TERM; sleep 999 & sleep 999"), folder));
        Soon.becomesTrue("it sleeps", 10, () -> Survivors.of(child.marker()).size() == 3);
        CountDownLatch done = new CountDownLatch(1);
        Thread stopping = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            child.stop();
            if (Thread.currentThread().isInterrupted()) {
                done.countDown();
            }
        });
        stopping.join();

        assertThat(done.getCount()).isZero();
        assertThat(Survivors.of(child.marker())).isEmpty();
    }

    @Test
    void allEndWhenTheirOwnerCloses() throws Exception {
        List<ChildProcess> children = List.of(
                processes.start(new Program(List.of("sleep", "999"), folder)),
                processes.start(new Program(List.of("cat"), folder).with(Input.PIPE)));

        processes.close();

        assertThat(children).noneMatch(ChildProcess::isAlive);
        assertThatThrownBy(() -> processes.start(new Program(List.of("env"), folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ending");
    }

    @Test
    void saysWhatCannotBeStarted() throws Exception {
        Files.writeString(folder.resolve("git"), "#!/bin/sh\necho mine\n");
        assertThat(folder.resolve("git").toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> processes.start(new Program(List.of("no-such-program"), folder)))
                .hasMessageContaining("there is no program 'no-such-program' in the folders of PATH, /usr/bin:/bin");
        assertThatThrownBy(() -> processes.start(new Program(List.of("env"), folder.resolve("gone"))))
                .hasMessageContaining("does not exist");
        assertThat(processes.executable("git", folder)).isNotEqualTo(folder.resolve("git")); // J7: PATH has no '.'
        assertThat(processes.executable("./git", folder)).isExecutable();
        assertThatThrownBy(() -> new Program(List.of("env"), folder).withEnvironment(Map.of("A=B", "c")))
                .hasMessageContaining("'A=B'");
        assertThatThrownBy(() -> new Program(List.of("env"), folder).withEnvironment(Map.of("DWATA_CHILD", "c")))
                .hasMessageContaining("'DWATA_CHILD'");
    }

    @Test // J3
    void isHeldToItsLimits() throws Exception {
        ChildProcess limited =
                processes.start(new Program(List.of("sh", "-c", "ulimit -f; ulimit -d; ulimit -c; ulimit -p"), folder)
                        .with(new ResourceLimits(100, 1L << 20, 1L << 30)));
        List<Long> limits = said(limited).lines().map(Long::valueOf).toList();

        assertThat(limits.subList(0, 3)).containsExactly(2048L, 1L << 20, 0L);
        assertThat(limits.get(3)).isBetween(100L, 1_000_000L);
    }

    private static String said(ChildProcess child) throws IOException, InterruptedException {
        String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(Duration.ofSeconds(10))).contains(new ExitStatus(0, null));
        child.stop();
        return said;
    }
}
