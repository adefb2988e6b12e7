package dev.dwata.cli.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.ask.ScriptedBackend;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnsweringTest {
    @TempDir
    Path folder;

    private final List<String> happened = new ArrayList<>();
    private boolean mayAsk = true;
    private Runnable interrupt = () -> note("interrupted");

    private record File(String path) {}

    private Tool tool(String name, Approval approval) {
        return Tool.of(new ToolSpec.Head(name, "Does.", Effect.ONCE, approval), File.class, (arguments, context) -> {
            note("did " + name + " " + arguments.path());
            return ToolOutcome.success(Map.of());
        });
    }

    @Test
    void asksAfterTheCallWasShownAndOnlyAboutWhatNeedsAPerson() throws Exception {
        Approver approver = request -> {
            note("asked about " + request.toolName());
            return request.arguments().path("path").stringValue().equals("a")
                    ? new InputResponse.Approve()
                    : new InputResponse.Reject(null);
        };
        try (ScriptedBackend backend = new ScriptedBackend(
                folder,
                ToolPolicy.asking(),
                tool("files.read", Approval.AUTO),
                tool("files.write", Approval.CONFIRM))) {
            backend.model
                    .calls("files.read", "{\"path\":\"a\"}")
                    .calls("files.write", "{\"path\":\"a\"}")
                    .calls("files.write", "{\"path\":\"b\"}")
                    .says("Done.");

            List<ToolReturned> results = run(backend, approver);

            assertThat(happened)
                    .containsExactly(
                            "did files.read a",
                            "shown files.write",
                            "asked about files.write",
                            "did files.write a",
                            "shown files.write",
                            "asked about files.write");
            assertThat(results).extracting(ToolReturned::success).containsExactly(true, true, false);
            assertThat(results.getLast().error()).isEqualTo("the user did not allow files.write: no reason was given");
            assertThat(results.getLast().result().path("denied").booleanValue()).isTrue();
        }
    }

    @Test
    void asksAgainWhatTheRuntimeDidNotTakeAndLosesNothing() throws Exception {
        ScriptedConsole console = new ScriptedConsole("{}", "{\"at\":{\"x\":2}}");
        Tool form = Tool.of(
                new ToolSpec.Head("test.form", "Asks.", Effect.IDEMPOTENT, Approval.AUTO),
                File.class,
                (arguments, context) -> ToolOutcome.success(context.asking()
                        .ask(Asking.Ask.form("Where?", Json.MAPPER.readTree("""
                                {"type":"object","required":["at"],"properties":{"at":{"type":"object"}}}""")))
                        .answer()));
        try (ScriptedBackend backend = new ScriptedBackend(folder, ToolPolicy.asking(), form)) {
            backend.model.calls("test.form", "{\"path\":\"a\"}").says("Done.");

            List<ToolReturned> results = run(backend, new Person(console));

            assertThat(results.getFirst().result().path("at").path("x").asInt()).isEqualTo(2);
            assertThat(happened).singleElement().asString().startsWith("answer does not fit the form: ");
        }
    }

    @Test
    void takesAQuestionBackThatIsAnsweredElsewhere_K2() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Approver slow = request -> {
            note("asked");
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                note("taken back");
                throw e;
            }
            return null;
        };
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model.calls("files.write", "{\"path\":\"a\"}").says("Done.");
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    asked.await();
                    backend.runtime()
                            .respond(
                                    backend.runtime().inputs(null).getFirst().id(), new InputResponse.Approve(), "web");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            assertThat(run(backend, slow)).extracting(ToolReturned::success).containsExactly(true);

            other.join();
            assertThat(happened)
                    .containsExactlyInAnyOrder("shown files.write", "asked", "taken back", "did files.write a")
                    .doesNotContain("interrupted");
        }
    }

    @Test
    void tellsOfCtrlCAtAQuestion() throws Exception {
        Approver interrupted = request -> {
            throw new InterruptedException("Ctrl+C");
        };
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model.calls("files.write", "{\"path\":\"a\"}").says("Done.");
            interrupt = () -> backend.runtime()
                    .respond(backend.runtime().inputs(null).getFirst().id(), new InputResponse.Reject("Ctrl+C"));

            assertThat(run(backend, interrupted).getFirst().error()).endsWith("Ctrl+C");
        }
    }

    @Test // wire.md 3: --approve auto at a gateway
    void agreesInNobodysNameToWhatOthersRunsAsk() throws Exception {
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model
                    .calls("files.write", "{\"path\":\"a\"}")
                    .says("Done.")
                    .calls("files.write", "{\"path\":\"b\"}")
                    .says("Done.");
            Answering answering = answering(backend, new Agreeing(new Nobody()), envelope -> {});

            try (Run run = backend.runtime()
                    .prompt(NewSession.PLAIN, new Prompt("Go", null, null, null, null, backend.other()))) {
                for (Envelope envelope : watch(backend, run)) {
                    answering.print(envelope);
                    if (envelope.event() instanceof InputRequested request) {
                        assertThat(backend.runtime().inputs(null)).hasSize(1);
                        backend.runtime().respond(request.requestId(), new InputResponse.Reject("not mine"));
                    }
                }
            }

            assertThat(happened).isEmpty();
            assertThat(run(backend, new Agreeing(new Nobody())))
                    .extracting(ToolReturned::success)
                    .containsExactly(true);
        }
    }

    @Test
    void saysHowToAnswerWhileThePersonIsNotToBeAsked() throws Exception {
        mayAsk = false;
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model.calls("files.write", "{\"path\":\"a\"}").says("Done.");
            Answering answering = answering(backend, new Person(new ScriptedConsole()), envelope -> {});
            try (Run run = backend.runtime().prompt(NewSession.PLAIN, Prompt.of("Go"))) {
                for (Envelope envelope : watch(backend, run)) {
                    answering.print(envelope);
                    if (envelope.event() instanceof InputRequested request) {
                        assertThat(happened)
                                .containsExactly("answer it with: dwata inputs approve " + request.requestId());
                        backend.runtime().respond(request.requestId(), new InputResponse.Approve());
                    }
                }
            }
        }
    }

    @Test
    void asksAboutWhatWasOpenBefore() throws Exception {
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model.calls("files.write", "{\"path\":\"a\"}").says("Done.");
            try (Run run = backend.runtime().prompt(NewSession.PLAIN, Prompt.of("Go"))) {
                for (Envelope envelope : watch(backend, run)) {
                    if (envelope.event() instanceof InputRequested) {
                        answering(backend, new Person(new ScriptedConsole("y")), shown -> {})
                                .askAbout(backend.runtime().inputs(run.sessionId()));
                    }
                }
                assertThat(happened).containsExactly("did files.write a");
            }
        }
    }

    private Answering answering(ScriptedBackend backend, Approver approver, EventPrinter printer) {
        Attention attention = new Attention(ScriptedBackend.CLIENT, () -> mayAsk, this::note, () -> interrupt.run());
        return new Answering(printer, backend, approver, attention);
    }

    /// The entries of a run, as whoever follows its session gets them.
    private static Iterable<Envelope> watch(ScriptedBackend backend, Run run) {
        EventStream stream = backend.runtime().session(run.sessionId()).events(0);
        return () -> new Iterator<>() {
            private boolean over;

            @Override
            public boolean hasNext() {
                if (over) {
                    stream.close();
                }
                return !over;
            }

            @Override
            public Envelope next() {
                try {
                    Envelope next = Objects.requireNonNull(stream.next(Duration.ofSeconds(30)), "in time");
                    over = next.event() instanceof AgentEvent.Terminal
                            && run.id().equals(next.runId());
                    return next;
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    private List<ToolReturned> run(ScriptedBackend backend, Approver approver) {
        EventPrinter printer = answering(backend, approver, envelope -> {
            if (envelope.event() instanceof AgentEvent.ToolCalled call && call.approval() == Approval.CONFIRM) {
                note("shown " + call.toolName());
            }
        });
        List<ToolReturned> results = new ArrayList<>();
        try (Run run = backend.runtime()
                .prompt(NewSession.PLAIN, new Prompt("Go", null, null, null, null, backend.origin()))) {
            for (Envelope envelope : watch(backend, run)) {
                printer.print(envelope);
                if (envelope.event() instanceof ToolReturned result) {
                    results.add(result);
                }
            }
        }
        return results;
    }

    private void note(String what) {
        synchronized (happened) {
            happened.add(what);
        }
    }
}
