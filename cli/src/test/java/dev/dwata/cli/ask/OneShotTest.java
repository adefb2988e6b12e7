package dev.dwata.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.output.Captured;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.cli.output.StreamScreen;
import dev.dwata.cli.output.TextPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneShotTest {
    @TempDir
    Path folder;

    private final Captured captured = new Captured();
    private final StandardStreams streams = captured.streams("");
    private final Cancellation cancellation = new Cancellation(code -> fail("the process would have ended"));
    private ScriptedBackend backend;

    private record Nothing() {}

    @BeforeEach
    void open() {
        backend = new ScriptedBackend(
                folder,
                Tool.of(
                        new ToolSpec.Head("files.erase", "Erases.", Effect.ONCE, Approval.CONFIRM),
                        Nothing.class,
                        (arguments, context) -> ToolOutcome.success(Map.of())));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void answersInANewSessionAndRemembersIt() throws Exception { // S4-185 S4-199
        backend.model.says("Hello.");

        int code = ask(null, "Hi", null);

        assertThat(code).isEqualTo(ExitCode.ANSWERED);
        assertThat(captured.out()).isEqualTo("Hello.\n");
        SessionId kept = backend.lastSession().find().orElseThrow();
        assertThat(backend.runtime().session(kept).info().title()).isEqualTo("Hi");
    }

    @Test
    void goesOnInTheSessionItIsGiven() throws Exception { // S4-186
        backend.model.says("Hello.");
        Session session = backend.runtime().createSession(NewSession.titled("Mine"));

        ask(session, "Hi", null);

        assertThat(session.history(10, null).messages()).hasSize(2);
        assertThat(backend.lastSession().find()).contains(session.id());
    }

    @Test
    void failsWithOneWhereTheRunFails() throws Exception {
        backend.model.fails(new AgentError.ModelRejected("no", 400));

        assertThat(ask(null, "Hi", null)).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void endsWithThreeWhereSomethingWasDeniedEvenThoughItAnswers() throws Exception {
        backend.model.calls("files.erase", "{}").says("I could not.");

        assertThat(ask(null, "Erase", null)).isEqualTo(ExitCode.DENIED);
        assertThat(captured.out()).isEqualTo("I could not.\n");
        assertThat(captured.err()).contains("✗").contains("nobody can be asked here");
    }

    @Test
    void cancelsWhatTakesTooLong() throws Exception {
        Gate gate = new Gate();
        backend.model.turn(turn -> turn.says("Thinking").waits(gate));

        int code = ask(null, "Hi", Duration.ofMillis(200));

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(captured.err()).contains("cancelled (no answer within").contains("the run was cancelled");
    }

    @Test
    void cancelsTheRunOnCtrlC() throws Exception { // S4-198
        Gate gate = new Gate();
        backend.model.turn(turn -> turn.says("Thinking").waits(gate));

        CompletableFuture<Integer> code = later(() -> ask(null, "Hi", null));
        gate.awaitArrival();
        cancellation.press();

        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.CANCELLED);
        assertThat(captured.out()).isEqualTo("Thinking\n");
        assertThat(captured.err()).isEqualTo("cancelled (Ctrl+C)\n");
    }

    @Test
    void saysItsPlaceInTheQueueAndWhatOthersSay() throws Exception { // S4-192 S4-193
        Gate gate = new Gate();
        backend.model
                .turn(turn -> turn.says("First").waits(gate))
                .says("Second")
                .says("Third");
        Session session = backend.runtime().createSession();
        session.prompt(Prompt.of("before").from(backend.other()));
        gate.awaitArrival();

        CompletableFuture<Integer> code = later(() -> ask(session, "Hi", null));
        awaitQueued(session, 1);
        session.prompt(Prompt.of("after").from(backend.other()));
        gate.open();

        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.ANSWERED);
        assertThat(captured.out()).isEqualTo("Second\n");
        assertThat(captured.err()).isEqualTo("queued at position 1\n[web] after\n");
    }

    @Test
    void carriesOutASlashCommandAndRemembersTheSessionItEnters() throws Exception { // S4-237
        Session session = backend.runtime().createSession();

        var reply = new OneShot(backend, streams, envelope -> {}, cancellation).command(null, "/enter " + session.id());

        assertThat(reply.said().text()).isEqualTo("did /enter " + session.id());
        assertThat(backend.lastSession().find()).contains(session.id());
    }

    @Test
    void cancelsTheRunWhenNobodyReadsTheAnswer() throws Exception {
        Gate gate = new Gate();
        backend.model.turn(turn -> turn.says("Thinking").waits(gate));
        streams.out().close();

        assertThat(ask(null, "Hi", Duration.ofSeconds(30))).isEqualTo(ExitCode.CANCELLED);
    }

    private int ask(@Nullable Session session, String message, @Nullable Duration limit) throws InterruptedException {
        TextPrinter printer = new TextPrinter(new StreamScreen(streams), ScriptedBackend.CLIENT);
        return new OneShot(backend, streams, printer, cancellation)
                .ask(session, Prompt.of(message).from(backend.origin()), limit);
    }

    private void awaitQueued(Session session, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (backend.runtime().activity(session.id()).queued() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @FunctionalInterface
    private interface Asking {
        int ask() throws InterruptedException;
    }

    private static CompletableFuture<Integer> later(Asking asking) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                code.complete(asking.ask());
            } catch (InterruptedException | RuntimeException e) {
                code.completeExceptionally(e);
            }
        });
        return code;
    }
}
