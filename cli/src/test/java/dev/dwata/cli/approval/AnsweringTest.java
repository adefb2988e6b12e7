package dev.dwata.cli.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
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
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnsweringTest {
    @TempDir
    Path folder;

    private final List<String> happened = new ArrayList<>();

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
            return Question.response(
                    request, request.arguments().path("path").stringValue().equals("a") ? "y" : "n");
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
    void takesOnlyAClearYesAtTheTerminal() throws Exception {
        Keyboard keyboard = new Keyboard("yes\n", "\n");
        keyboard.type("y\n");
        TerminalApprover approver =
                new TerminalApprover(keyboard.in, new PrintStream(keyboard, false, StandardCharsets.UTF_8));
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model
                    .calls("files.write", "{\"path\":\"a\"}")
                    .calls("files.write", "{\"path\":\"b\"}")
                    .says("Done.");

            List<ToolReturned> results = run(backend, approver);

            assertThat(results).extracting(ToolReturned::success).containsExactly(true, false);
            assertThat(keyboard.toString(StandardCharsets.UTF_8)).isEqualTo("""
                    dwata wants to use files.write with
                    {
                      "path" : "a"
                    }
                    Allow it? [y/N] dwata wants to use files.write with
                    {
                      "path" : "b"
                    }
                    Allow it? [y/N]\s""");
        }
    }

    @Test
    void isDeniedWhereTheTerminalHasEnded() throws Exception {
        TerminalApprover approver =
                new TerminalApprover(InputStream.nullInputStream(), new PrintStream(new ByteArrayOutputStream(), true));
        try (ScriptedBackend backend =
                new ScriptedBackend(folder, ToolPolicy.asking(), tool("files.write", Approval.CONFIRM))) {
            backend.model.calls("files.write", "{\"path\":\"a\"}").says("Done.");

            assertThat(run(backend, approver).getFirst().error())
                    .isEqualTo("the user did not allow files.write: nobody answered");
        }
    }

    @Test
    void showsAllOfTheArgumentsWithWhatIsHiddenInThem_K4() {
        String bad = "x".repeat(20_000) + "\u001b[2J\u202e\u200b rm -rf /";
        InputRequested request = new InputRequested(
                InputId.create(),
                InputKind.APPROVAL,
                "call",
                "files.write",
                Json.MAPPER.createObjectNode().put("content", bad),
                null,
                null,
                Map.of("path", "/tmp/a\rb"),
                null,
                null,
                null,
                1_000,
                Instant.EPOCH,
                null);

        assertThat(Question.about(request))
                .contains("x".repeat(20_000))
                .contains("\\u001B[2J")
                .contains("rm -rf /")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e")
                .doesNotContain("\u200b")
                .doesNotContain("\r");
    }

    private List<ToolReturned> run(ScriptedBackend backend, Approver approver) {
        EventPrinter printer = new Answering(
                envelope -> {
                    if (envelope.event() instanceof AgentEvent.ToolCalled call && call.approval() == Approval.CONFIRM) {
                        note("shown " + call.toolName());
                    }
                },
                backend.runtime(),
                approver,
                () -> true,
                this::note);
        List<ToolReturned> results = new ArrayList<>();
        try (Run run = backend.runtime().prompt(NewSession.PLAIN, Prompt.of("Go"))) {
            for (AgentEvent event : run) {
                printer.print(new Envelope(run.sessionId(), 0, Instant.EPOCH, run.id(), event));
                if (event instanceof ToolReturned result) {
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

    /// A screen whose person types the next answer when asked.
    private static final class Keyboard extends ByteArrayOutputStream {
        final PipedInputStream in = new PipedInputStream();
        private final PipedOutputStream keys = new PipedOutputStream();
        private final Deque<String> answers;

        Keyboard(String... answers) throws IOException {
            this.answers = new ArrayDeque<>(List.of(answers));
            keys.connect(in);
        }

        void type(String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        @Override
        public void flush() throws IOException {
            if (toString(StandardCharsets.UTF_8).endsWith("[y/N] ") && !answers.isEmpty()) {
                type(answers.removeFirst());
            }
        }
    }
}
