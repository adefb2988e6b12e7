package dev.dwata.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.ask.ScriptedBackend;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TextPrinterTest {
    @TempDir
    Path folder;

    private final Captured captured = new Captured();
    private ScriptedBackend backend;

    private record Line(String path) {}

    @BeforeEach
    void open() {
        backend = new ScriptedBackend(folder, lister());
    }

    @AfterEach
    void close() {
        backend.close();
    }

    /// `files.list` answers with a long name; where the path is "missing", it fails.
    private static Tool lister() {
        return Tool.of(
                new ToolSpec.Head("files.list", "Lists.", Effect.PURE, Approval.AUTO),
                Line.class,
                (arguments, context) -> arguments.path().equals("missing")
                        ? new ToolOutcome.Failure("there is no folder 'missing'")
                        : ToolOutcome.success(Map.of("name", "n".repeat(500))));
    }

    @Test
    void printsTheAnswerOnStdoutAndToolsAndThoughtsOnStderr() throws Exception { // S4-194 S4-195 S4-196
        backend.model
                .turn(turn ->
                        turn.thinks("Let me ", "look.").says("One moment.").calls("files.list", "{\"path\":\".\"}"))
                .says("It holds ", "one file.\n");

        show(captured.streams(""), "What is here?");

        assertThat(captured.out()).isEqualTo("One moment.\nIt holds one file.\n");
        assertThat(withoutTimes(captured.err()))
                .isEqualTo("""
                Let me look.
                → files.list path=.
                ✓ N ms %s…
                """.formatted(("{\"name\":\"" + "n".repeat(500)).substring(0, 199)));
    }

    @Test
    void saysOnceWhyAToolFailed() throws Exception { // S4-197
        backend.model.calls("files.list", "{\"path\":\"missing\"}").says("No.");

        show(captured.streams(""), "List what is missing");

        assertThat(withoutTimes(captured.err())).isEqualTo("""
                → files.list path=missing
                ✗ N ms there is no folder 'missing'
                """);
    }

    @Test
    void saysWhyARunFailed() throws Exception { // S4-197
        backend.model.fails(new AgentError.ModelRejected("the key is not valid", 401));

        show(captured.streams(""), "Hello");

        assertThat(captured.out()).isEmpty();
        assertThat(captured.err()).isEqualTo("error: the key is not valid\n");
    }

    @Test
    void endsALineOfTheAnswerBeforeAToolLineWhereBothAreOneTerminal() throws Exception {
        backend.model
                .turn(turn -> turn.says("Looking").calls("files.list", "{\"path\":\"missing\"}"))
                .says("Done");

        show(captured.terminal(false), "Look");

        assertThat(withoutTimes(captured.out())).isEqualTo("""
                Looking
                → files.list path=missing
                ✗ N ms there is no folder 'missing'
                Done
                """);
    }

    @Test
    void hasColoursOnlyWhereTheyAreWanted() throws Exception {
        backend.model.calls("files.list", "{\"path\":\".\"}").says("Done");

        show(captured.terminal(true), "Look");

        assertThat(captured.out())
                .contains("\u001b[1m→ files.list\u001b[0m path=.")
                .endsWith("Done\n");
    }

    @Test
    void letsNoEscapeSequenceOfTheModelReachATerminal() throws Exception {
        backend.model.says("\u001b]0;title\u0007text");

        show(captured.terminal(true), "Hello");

        assertThat(captured.out()).isEqualTo("�]0;title�text\n");
    }

    @Test
    void passesTheAnswerOnUnchangedToAPipe() throws Exception {
        backend.model.says("\u001b[1mbold\u001b[0m");

        show(captured.streams(""), "Hello");

        assertThat(captured.out()).isEqualTo("\u001b[1mbold\u001b[0m\n");
    }

    @Test
    void saysWhenTheAnswerWasCutAtTheLimitOfTokens() throws Exception {
        backend.model.turn(turn -> turn.says("Once upon").stops(StopReason.MAX_TOKENS));

        show(captured.streams(""), "Tell");

        assertThat(captured.err()).isEqualTo("the answer was cut off at the model's limit of output tokens\n");
    }

    @Test
    void showsTheTextOfATurnWhoseDeltasItHasNotSeen() throws Exception {
        backend.model.says("whole");
        TextPrinter printer = new TextPrinter(new StreamScreen(captured.streams("")), ScriptedBackend.CLIENT);

        follow("Hello", envelope -> {
            if (!(envelope.event() instanceof AgentEvent.Token)) {
                printer.print(envelope);
            }
        });

        assertThat(captured.out()).isEqualTo("whole\n");
    }

    @Test
    void showsMessagesOfOthersAndNotItsOwn() throws Exception { // S4-192
        backend.model.says("Hi both.");
        TextPrinter printer = new TextPrinter(new StreamScreen(captured.streams("")), ScriptedBackend.CLIENT);

        try (Run run = backend.runtime()
                .prompt(NewSession.PLAIN, Prompt.of("from\nelsewhere").from(backend.other()))) {
            run.iterator().forEachRemaining(event -> printer.print(envelope(run.sessionId(), run.id(), event)));
        }

        assertThat(captured.err()).isEqualTo("[web] from elsewhere\n");
    }

    @Test
    void tellsAPlaceInTheQueueOnce() { // S4-193
        TextPrinter printer = new TextPrinter(new StreamScreen(captured.streams("")), ScriptedBackend.CLIENT);
        SessionId session = SessionId.create();
        RunId run = RunId.create();

        printer.print(envelope(session, run, new AgentEvent.Queued(null, 2, "queued")));
        printer.print(envelope(session, run, new AgentEvent.Queued("1", 2, "queued")));
        printer.print(envelope(session, run, new AgentEvent.Queued("1", 1, "queued")));

        assertThat(captured.err()).isEqualTo("queued at position 2\nqueued at position 1\n");
    }

    @Test
    void writesOneJsonObjectForEachEventAsOnTheWire() throws Exception {
        backend.model.says("Hello.");
        follow("Hi", new JsonPrinter(captured.streams("").out(), ScriptedBackend.CLIENT));

        var lines = captured.out().lines().map(Json.STRICT::readTree).toList();

        assertThat(lines.stream().map(line -> line.path("event").stringValue()))
                .containsSubsequence("message", "token", "turn", "final");
        JsonNode message = lines.getFirst();
        assertThat(message.propertyNames()).containsExactly("event", "payload", "seq", "time");
        assertThat(message.path("payload").path("fromSelf").booleanValue()).isTrue();
        assertThat(message.path("payload").path("runId").stringValue()).startsWith("run_");
        assertThat(lines.stream()
                        .filter(line -> line.path("event").stringValue().equals("status"))
                        .noneMatch(line -> line.has("seq")))
                .isTrue();
    }

    private void show(StandardStreams streams, String message) throws Exception {
        follow(message, new TextPrinter(new StreamScreen(streams), ScriptedBackend.CLIENT));
    }

    private void follow(String message, EventPrinter printer) throws Exception {
        Session session = backend.runtime().createSession();
        try (EventStream stream = session.events(0);
                Run run = session.prompt(Prompt.of(message).from(backend.origin()))) {
            assertThat(run.position()).isZero();
            while (true) {
                Envelope next = stream.next(Duration.ofSeconds(30));
                assertThat(next).isNotNull();
                printer.print(next);
                if (next.event() instanceof AgentEvent.Terminal) {
                    return;
                }
            }
        }
    }

    private static Envelope envelope(SessionId session, RunId run, AgentEvent event) {
        return new Envelope(session, 0, Instant.EPOCH, run, event);
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+ ms", "N ms");
    }
}
