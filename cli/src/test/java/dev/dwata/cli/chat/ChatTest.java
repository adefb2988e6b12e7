package dev.dwata.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.cli.approval.Answering;
import dev.dwata.cli.approval.Attention;
import dev.dwata.cli.approval.Person;
import dev.dwata.cli.approval.ScriptedConsole;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.ask.ScriptedBackend;
import dev.dwata.cli.chat.ChatInput.Typed;
import dev.dwata.cli.output.Captured;
import dev.dwata.cli.output.StreamScreen;
import dev.dwata.cli.output.TextPrinter;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChatTest {
    @TempDir
    Path folder;

    private final Captured captured = new Captured();
    private final Cancellation cancellation = new Cancellation(code -> fail("the process would have ended"));
    private final BlockingQueue<Typed> typed = new LinkedBlockingQueue<>();
    private ScriptedConsole console = new ScriptedConsole();
    private ScriptedBackend backend;

    @BeforeEach
    void open() {
        backend = new ScriptedBackend(folder);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void answersMessageAfterMessageInOneSession() throws Exception { // S4-190
        backend.model.says("One.").says("Two.");
        type("first", "", "second");

        assertThat(converse(null)).isZero();

        assertThat(captured.out()).isEqualTo("One.\nTwo.\n");
        assertThat(captured.err()).isEqualTo("new session (in a test); /help lists commands, Ctrl+D leaves\n");
        Session session = backend.runtime().session(backend.lastSession().find().orElseThrow());
        assertThat(session.history(10, null).messages()).hasSize(4);
    }

    @Test
    void leavesSlashCommandsToTheirOwner() throws Exception { // S4-237
        Session other = backend.runtime().createSession(NewSession.titled("Other"));
        backend.model.says("Hello.");
        type("/sessions", "/enter " + other.id(), "hi", "/exit", "never read");

        converse(null);

        assertThat(backend.commands).containsExactly("/sessions", "/enter " + other.id());
        assertThat(captured.out()).isEqualTo("did /sessions\ndid /enter " + other.id() + "\nHello.\n");
        assertThat(other.history(10, null).messages()).hasSize(2);
    }

    @Test
    void sendsFilesWithTheNextMessageAlone() throws Exception {
        Path notes = Files.writeString(folder.resolve("my notes.md"), "# Zebra");
        backend.model.says("A zebra.").says("Still.");
        type("/attach", "/attach " + folder.resolve("none"), "/attach " + notes, "what is it?", "sure?");

        converse(null);

        assertThat(backend.commands).isEmpty();
        assertThat(captured.err())
                .contains("error: /attach needs the name of a file\n")
                .contains("error: there is no file " + folder.resolve("none") + "\n")
                .contains("my notes.md (text/markdown, 7 bytes) goes with the next message\n");
        assertThat(backend.model.requests().getLast().messages())
                .extracting(message -> message.parts().size())
                .containsExactly(2, 1, 1);
        assertThat(backend.model.requests().getFirst().messages().getFirst().text())
                .isEqualTo("what is it?\n\n[the file my notes.md, text/markdown]\n# Zebra");
    }

    @Test
    void asksAtOnceAboutWhatTheSessionWaitsFor() throws Exception {
        backend.close();
        backend = new ScriptedBackend(folder, ToolPolicy.asking(), AskUserTool.create());
        backend.model
                .calls("ask_user", "{\"questions\":[{\"id\":\"a\",\"text\":\"Which one?\"}]}")
                .says("Thank you.")
                .says("Hello.");
        console = new ScriptedConsole("this one");
        Session session = backend.runtime().createSession();
        try (Run run = session.prompt("Ask me.")) {
            for (AgentEvent event : run) {
                if (event instanceof AgentEvent.InputRequested) {
                    type("hi");
                    converse(session);
                }
            }
        }

        assertThat(captured.err()).contains("this session waits for an answer");
        assertThat(console.text()).contains("Which one?");
        assertThat(captured.out()).endsWith("Hello.\n");
        assertThat(backend.model.requests().get(1).messages().toString()).contains("this one");
    }

    @Test
    void sendsWhatOnlyLooksLikeACommand() throws Exception {
        backend.model.says("A file of names.");
        type("/etc/hosts is what?");

        converse(null);

        assertThat(backend.commands).isEmpty();
        assertThat(captured.out()).isEqualTo("A file of names.\n");
    }

    @Test
    void goesOnAfterARunThatFailed() throws Exception { // S4-197
        backend.model.fails(new AgentError.ModelUnavailable("busy", null)).says("Now.");
        type("first", "second");

        assertThat(converse(null)).isZero();

        assertThat(captured.out()).isEqualTo("Now.\n");
        assertThat(captured.err()).endsWith("error: busy\n");
    }

    @Test
    void cancelsWhatRunsOnCtrlC() throws Exception { // S4-198
        Gate gate = new Gate();
        backend.model.turn(turn -> turn.says("Hm").waits(gate)).says("Back.");
        CompletableFuture<Integer> code = later(null);
        type("first");
        gate.awaitArrival();
        cancellation.press();
        type("second");
        typed.add(new Typed.End());

        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(captured.out()).isEqualTo("Hm\nBack.\n");
        assertThat(captured.err()).endsWith("cancelled (Ctrl+C)\n");
    }

    @Test
    void showsWhatOthersDoInTheSessionMeanwhile() throws Exception { // S4-192
        Session session = backend.runtime().createSession(NewSession.titled("Ours"));
        backend.model.says("To you.").says("To me.");
        CompletableFuture<Integer> code = later(session);
        awaitText("\"Ours\", 0 messages");

        session.prompt(Prompt.of("from the web").from(backend.other())).await();
        awaitText("[web] from the web");
        type("mine");
        typed.add(new Typed.End());

        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(captured.out()).isEqualTo("To you.\nTo me.\n");
        assertThat(captured.err()).doesNotContain("mine");
    }

    @Test
    void leavesOnCtrlCTwiceInARow() throws Exception {
        backend.model.says("Hello.");
        typed.add(new Typed.Interrupt(false));
        type("hi");
        typed.add(new Typed.Interrupt(true));
        typed.add(new Typed.Interrupt(false));

        assertThat(converse(null, false)).isZero();
        assertThat(captured.out()).isEqualTo("Hello.\n");
        assertThat(typed).isEmpty();
    }

    @Test
    void readsLinesFromAPipeAndJoinsThoseThatGoOn() throws Exception {
        byte[] lines = "one\ntwo \\\nand three\nfour".getBytes(StandardCharsets.UTF_8);
        try (PlainInput input = new PlainInput(new ByteArrayInputStream(lines))) {
            assertThat(input.next()).isEqualTo(new Typed.Message("one"));
            assertThat(input.next()).isEqualTo(new Typed.Message("two \nand three"));
            assertThat(input.next()).isEqualTo(new Typed.Message("four"));
            assertThat(input.next()).isEqualTo(new Typed.End());
        }
    }

    private void type(String... messages) {
        for (String message : messages) {
            typed.add(new Typed.Message(message));
        }
    }

    private int converse(@Nullable Session session) throws IOException, InterruptedException {
        return converse(session, true);
    }

    private int converse(@Nullable Session session, boolean end) throws IOException, InterruptedException {
        if (end) {
            typed.add(new Typed.End());
        }
        return chat(session);
    }

    private int chat(@Nullable Session session) throws IOException, InterruptedException {
        StreamScreen screen = new StreamScreen(captured.streams(""));
        Attention attention =
                new Attention(ScriptedBackend.CLIENT, cancellation::isExpecting, screen::note, cancellation::press);
        Answering printer =
                new Answering(new TextPrinter(screen, ScriptedBackend.CLIENT), backend, new Person(console), attention);
        try (Chat chat = new Chat(backend, new Queue(typed), screen, printer, cancellation)) {
            return chat.converse(session, null);
        }
    }

    private CompletableFuture<Integer> later(@Nullable Session session) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                code.complete(chat(session));
            } catch (IOException | InterruptedException | RuntimeException e) {
                code.completeExceptionally(e);
            }
        });
        return code;
    }

    private void awaitText(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!captured.err().contains(text)) {
            assertThat(System.nanoTime()).as(captured.err()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private record Queue(BlockingQueue<Typed> typed) implements ChatInput {
        @Override
        public Typed next() {
            try {
                Typed next = typed.poll(30, TimeUnit.SECONDS);
                return next == null ? new Typed.End() : next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Typed.End();
            }
        }

        @Override
        public void close() {}
    }
}
