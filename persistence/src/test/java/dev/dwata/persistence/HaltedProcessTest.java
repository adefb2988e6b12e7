package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Envelope;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A3: a process is ended right before and right after everything that one run stores, and another carries on.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HaltedProcessTest {
    private static final int AT_ONCE = 2;

    @TempDir
    Path folder;

    @Test
    void anotherProcessFinishesWhatWasBegunWhereverItWasCutOff() throws Exception {
        int steps = Integer.parseInt(run(folder.resolve("whole"), Integer.MAX_VALUE, false));
        assertThat(steps).isGreaterThan(15);

        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Integer>> halts = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                int last = step;
                halts.add(() -> haltAndCarryOn(last, false));
                halts.add(() -> haltAndCarryOn(last, true));
            }
            for (Future<Integer> halted : workers.invokeAll(halts)) {
                assertThat(halted.get()).isPositive();
            }
        }
    }

    /// @return how often the model was asked afterwards
    private int haltAndCarryOn(int step, boolean after) throws Exception {
        String where = (after ? "after" : "before") + " step " + step;
        Path home = folder.resolve((after ? "after-" : "before-") + step);
        run(home, step, after);
        long paidBefore = payments(home);
        ScriptedModel model = PayingAgent.model();
        try (SqliteStore store = SqliteStore.open(home.resolve("db.sqlite3"));
                LocalRuntime runtime = PayingAgent.runtime(store, model, home.resolve("payments"))) {
            SessionId session;
            try (Run again = PayingAgent.pay(runtime)) {
                session = again.sessionId();
                assertThat(again.await()).as(where).isInstanceOf(RunCompleted.class);
            }
            check(where, store.log().read(session, 0, 1_000), paidBefore, payments(home));
            assertThat(store.sessions()
                            .list(Principal.LOCAL, SessionQuery.latest(5))
                            .total())
                    .as(where)
                    .isEqualTo(1);
            try (Run next = runtime.session(session).prompt("Are you sure?")) {
                assertThat(((RunCompleted) next.await()).content()).as(where).isEqualTo("Yes.");
            }
            model.requests().forEach(request -> LegalHistory.check(request.messages()));
        }
        return model.requests().size();
    }

    private static void check(String where, List<Envelope> log, long paidBefore, long paid) {
        assertThat(log)
                .as(where)
                .extracting(Envelope::seq)
                .isEqualTo(LongStream.rangeClosed(1, log.size()).boxed().toList());
        assertThat(log.stream().filter(entry -> entry.event() instanceof Terminal))
                .as(where)
                .hasSize(1);
        ToolReturned result = log.stream()
                .map(Envelope::event)
                .filter(ToolReturned.class::isInstance)
                .map(ToolReturned.class::cast)
                .filter(returned -> returned.toolName().equals("test.pay"))
                .reduce((one, other) -> {
                    throw new AssertionError(where + ": one call has two results");
                })
                .orElseThrow();
        if (result.success()) {
            assertThat(paid).as(where).isEqualTo(1);
        } else {
            assertThat(result.error()).as(where).startsWith("outcome unknown");
            assertThat(paid).as(where).isEqualTo(paidBefore).isLessThanOrEqualTo(1);
        }
    }

    private static long payments(Path home) throws IOException {
        Path file = home.resolve("payments");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /// @return what it said last
    private static String run(Path home, int last, boolean after) throws Exception {
        Files.createDirectories(home);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PayingAgent.class.getName(),
                        home.resolve("db.sqlite3").toString(),
                        home.resolve("payments").toString(),
                        Integer.toString(last),
                        Boolean.toString(after))
                .redirectError(home.resolve("err").toFile())
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String said = lines.lines().reduce("", (before, line) -> line);
            int code = process.waitFor();
            assertThat(code)
                    .as(() -> "of " + home + ": " + said)
                    .isEqualTo(last == Integer.MAX_VALUE ? 0 : HaltingStore.HALTED);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
