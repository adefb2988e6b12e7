package dev.dwata.agent.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.process.Soon;
import dev.dwata.agent.process.Survivors;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class ShellRunTest {
    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final InMemoryStore store = new InMemoryStore();
    private final Processes processes =
            new Processes(store.children(), Map.of("PATH", "/usr/bin:/bin", "OPENAI_API_KEY", "sk-secret"));
    private final Queue<String> progress = new ConcurrentLinkedQueue<>();
    private Tool tool;
    private ToolCalls calls;

    @BeforeEach
    void begin() {
        tool = new ShellRun(Workspace.at(folder), new Commands(processes, state.resolve("output"))).tool();
        calls = ToolCalls.of(List.of(tool));
    }

    @AfterEach
    void end() {
        processes.close();
        store.close();
    }

    @Test // J8
    void tellsAllThatCameOfACommand() {
        JsonNode result = run("echo one; echo two >&2; exit 3");

        assertThat(result.get("output").stringValue()).isEqualTo("one\ntwo\n");
        assertThat(result.get("exit_code").intValue()).isEqualTo(3);
        assertThat(result.get("timed_out").booleanValue()).isFalse();
        assertThat(result.get("truncated").booleanValue()).isFalse();
        assertThat(result.has("signal")).isFalse();
        assertThat(result.has("left_behind")).isFalse();
        assertThat(run("kill -9 $$").get("signal").stringValue()).isEqualTo("SIGKILL");
        assertThat(run("pwd").get("output").stringValue().strip())
                .isEqualTo(real(folder).toString());
    }

    @Test // J6, J7
    void keepsSecretsFromCommandsAndTakesNoVariablesFromAModel() {
        Map<String, ?> variables = Map.of("LD_PRELOAD", "x", "BASH_ENV", "x");
        assertThat(calls.call("shell.run", Map.of("command", "env", "env", variables))
                        .get("output")
                        .stringValue())
                .doesNotContain("LD_PRELOAD", "BASH_ENV");
        assertThat(run("env").get("output").stringValue())
                .doesNotContain("secret")
                .contains("PATH=/usr/bin:/bin");
    }

    @Test // J5
    void losesNoTimeOnInput() {
        assertThat(run("cat; read x; echo $?").get("output").stringValue()).isEqualTo("1\n");
    }

    @ParameterizedTest // J1
    @ValueSource(
            strings = {
                "sleep %s & sleep %s",
                "(sleep %s &); nohup sleep %s",
                "setsid sh -c 'trap \"\" TERM HUP; sleep %s; sleep %s' & sleep 999",
            })
    void endsEverythingWhenTheTimeIsOver(String command) {
        String seconds = Survivors.uniqueSleep();
        JsonNode result = calls.call("shell.run", Map.of("command", command.replace("%s", seconds), "timeout_ms", 700));

        assertThat(result.get("timed_out").booleanValue()).isTrue();
        assertThat(result.get("signal").stringValue()).startsWith("SIG");
        assertThat(Survivors.sleeping(seconds)).isEmpty();
        assertThat(result.has("unstopped")).isFalse();
    }

    @Test // J1, H9: cancelling is an interrupt
    void endsEverythingWhenItIsCancelled() throws Exception {
        String seconds = Survivors.uniqueSleep();
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                Objects.requireNonNull(tool.call(
                        arguments(Map.of(
                                "command",
                                "setsid sh -c 'trap \"\" TERM; sleep " + seconds + " & sleep " + seconds
                                        + "' & sleep 999")),
                        context()));
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        Soon.becomesTrue("it sleeps", 10, () -> Survivors.sleeping(seconds).size() == 2);
        long before = System.nanoTime();
        thread.interrupt();
        thread.join();

        assertThat(thrown).hasOnlyElementsOfType(InterruptedException.class).hasSize(1);
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        assertThat(Survivors.sleeping(seconds)).isEmpty();
    }

    @Test
    void endsWhatACommandLeavesBehindAndSaysSo() {
        String seconds = Survivors.uniqueSleep();
        JsonNode result = run("sleep " + seconds + " & echo started");

        assertThat(result.get("output").stringValue()).isEqualTo("started\n");
        assertThat(result.get("exit_code").intValue()).isZero();
        assertThat(result.get("left_behind").intValue()).isEqualTo(1);
        assertThat(Survivors.sleeping(seconds)).isEmpty();
    }

    @Test // J4, H12
    void endsAFloodAndKeepsItsBeginning() throws Exception {
        for (String flood : new String[] {"yes", "cat /dev/zero", "yes >&2", "head -c 1000000000 /dev/urandom"}) {
            JsonNode result = run(flood);

            assertThat(result.get("output_killed").booleanValue()).as(flood).isTrue();
            assertThat(result.get("truncated").booleanValue()).isTrue();
            assertThat(result.get("output").stringValue().length()).isLessThan(40_000);
            assertThat(Files.size(Path.of(result.get("output_file").stringValue())))
                    .isEqualTo(10 << 20);
        }
    }

    @Test
    void reportsItsLastLineNowAndThen() throws Exception {
        JsonNode arguments = arguments(Map.of("command", "for i in 1 2 3 4 5; do echo line $i; sleep 0.5; done"));
        assertThat(tool.call(arguments, context()).succeeded()).isTrue();

        assertThat(progress).isNotEmpty().hasSizeLessThanOrEqualTo(3).allMatch(line -> line.matches("line [1-5]"));
    }

    @Test
    void saysWhatIsWrongWithACall() {
        assertThat(calls.error("shell.run", Map.of()))
                .isEqualTo("either 'command' or 'argv' is required, and not both");
        assertThat(calls.error("shell.run", Map.of("command", "x", "argv", List.of("x"))))
                .contains("not both");
        assertThat(calls.error("shell.run", Map.of("argv", List.of()))).contains("'argv'");
        assertThat(calls.error("shell.run", Map.of("command", "a\0b"))).contains("NUL");
        assertThat(calls.error("shell.run", Map.of("command", "x", "timeout_ms", 1_800_001)))
                .contains("1 to 1800000");
        assertThat(calls.error("shell.run", Map.of("argv", List.of("no-such-program"))))
                .contains("no-such-program");
        assertThat(calls.error("shell.run", Map.of("command", "ls", "cwd", "../..")))
                .contains("..");
        assertThat(calls.error("shell.run", Map.of("command", "ls", "cwd", "gone")))
                .contains("gone");
    }

    @Test // K5
    void tellsThePolicyACommandOnlyWhereItIsSure() throws Exception {
        assertThat(review(Map.of("command", "ls -l")).argv()).containsExactly("ls", "-l");
        assertThat(review(Map.of("argv", List.of("ls", "; rm"))).argv()).containsExactly("ls", "; rm");
        assertThat(review(Map.of("command", "env ls -l")).argv()).containsExactly("env", "ls", "-l");
        assertThat(review(Map.of("command", "ls -l; rm x")).argv()).isNull();
        assertThat(review(Map.of("command", "cd src")).argv()).isNull();
        assertThat(review(Map.of("command", "ls -l; rm x", "cwd", ".")).always())
                .isEqualTo(Map.of("command", "ls -l; rm x", "cwd", "."));
        assertThat(review(Map.of("command", "rm *.log")).always()).isNull();
    }

    @Test // K5: what was proved is what runs, and no shell
    void runsWhatItIsSureOfWithoutAShell() throws Exception {
        Files.writeString(folder.resolve("args"), "#!/bin/sh\ntr '\\0' ' ' </proc/$PPID/cmdline >&2; echo \"$@\"\n");
        assertThat(folder.resolve("args").toFile().setExecutable(true)).isTrue();

        assertThat(run("./args '$(id)' 'a;b'").get("output").stringValue())
                .contains("$(id) a;b\n")
                .doesNotContain("/bin/sh -c");
    }

    @Test // K3
    void bindsAnAgreementToWhatWillRun() throws Exception {
        Path script = Files.writeString(folder.resolve("build.sh"), "echo one\n");
        for (Map<String, ?> call : List.of(
                Map.of("command", "sh build.sh"),
                Map.of("argv", List.of("sh", "-e", "./build.sh")),
                Map.of("command", "sh build.sh && echo done"))) {
            Files.writeString(script, "echo one\n");
            Map<String, String> before = review(call).bound();
            assertThat(before).containsKeys("cwd", "program");
            assertThat(review(call).bound()).isEqualTo(before);

            Files.writeString(script, "echo two\n");
            assertThat(review(call).bound()).isNotEqualTo(before);
        }
    }

    @Test // J7, K3
    void refusesAFolderThatIsGoneOrLeadsOut(@TempDir Path outside) throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Map<String, ?> call = Map.of("command", "pwd", "cwd", "work");
        CallReview before = review(call);
        assertThat(before.denial()).isNull();

        Files.createDirectory(folder.resolve("other"));
        Files.delete(work);
        assertThat(review(call).denial()).contains("work");
        Files.move(folder.resolve("other"), work);
        assertThat(review(call).bound()).isNotEqualTo(before.bound());
        Files.delete(work);
        Files.createSymbolicLink(work, outside);
        assertThat(review(call).denial()).contains("work");
        assertThat(calls.error("shell.run", call)).contains("work");
    }

    @Test
    void runsFourAtATimeForASession() throws Exception {
        String seconds = Survivors.uniqueSleep();
        List<Thread> threads = new ArrayList<>();
        ToolContext context = context();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    Objects.requireNonNull(tool.call(arguments(Map.of("argv", List.of("sleep", seconds))), context));
                } catch (Exception e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        Soon.becomesTrue("four run", 10, () -> Survivors.sleeping(seconds).size() == 4);
        assertThat(threads).filteredOn(Thread::isAlive).hasSize(6);
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(Survivors.sleeping(seconds)).isEmpty();
        assertThat(run("echo again").get("output").stringValue()).isEqualTo("again\n");
    }

    private JsonNode run(String command) {
        return calls.call("shell.run", Map.of("command", command));
    }

    private CallReview review(Map<String, ?> arguments) throws Exception {
        return tool.review(arguments(arguments), context());
    }

    private static JsonNode arguments(Map<String, ?> arguments) {
        return Json.MAPPER.valueToTree(arguments);
    }

    private ToolContext context() {
        return new ToolContext(
                Principal.LOCAL,
                SessionId.create(),
                RunId.create(),
                "call_1",
                (share, text) -> progress.add(Objects.requireNonNull(text)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
