package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.ScriptedModel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// S4-97 to S4-107
class CommandsTest {
    private final ScriptedModel model = new ScriptedModel();
    private final TestGateway gateway = TestGateway.with(model);
    private Client client;

    @BeforeEach
    void connect() {
        client = gateway.client();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /// Sends a command and waits for what it says.
    private JsonNode run(Client from, String command) {
        JsonNode ack = from.call("agent", "message", command);
        assertThat(ack.get("status").stringValue()).isEqualTo("command");
        assertThat(ack.has("runId")).isFalse();
        return from.event("command_result").get("payload");
    }

    private JsonNode run(String command) {
        return run(client, command);
    }

    private String text(String command) {
        return run(command).get("text").stringValue();
    }

    private void ask(String message) {
        model.says("Answer to " + message + ".");
        client.call("agent", "message", message);
        client.event("final");
    }

    /// S4-97
    @Test
    void newBeginsASessionAndSwitchesToIt() {
        ask("hello");

        JsonNode result = run("/new  Garden plans ");

        assertThat(result.get("command").stringValue()).isEqualTo("new");
        assertThat(result.get("text").stringValue()).isEqualTo("New session: Garden plans");
        assertThat(result.at("/data/title").stringValue()).isEqualTo("Garden plans");
        assertThat(result.get("sessionId")).isEqualTo(result.at("/data/sessionId"));
        model.says("Yes.");
        assertThat(client.call("agent", "message", "Here?").get("sessionId")).isEqualTo(result.get("sessionId"));
        client.event("final");
        assertThat(run("/new").at("/data/title").stringValue()).isEqualTo("New conversation");
    }

    /// S4-98
    @Test
    void sessionsListsThemWithNumbers() {
        assertThat(text("/sessions")).isEqualTo("There are no sessions yet. Send a message to begin one.");
        run("/new Old");
        ask("one");
        run("/new Newer");
        ask("two");

        JsonNode result = run("/sessions");

        assertThat(result.get("text").stringValue()).isEqualTo("""
                        Recent sessions:
                          1. [just now] Newer
                          2. [just now] Old

                        Reply with /session <number> to switch.""");
        assertThat(result.at("/data/total").longValue()).isEqualTo(2);
        assertThat(result.at("/data/sessions/0/title").stringValue()).isEqualTo("Newer");
    }

    /// S4-99: a line of the last list of the same connection
    @Test
    void sessionSwitchesToALineOfTheList() {
        run("/new Old");
        ask("one");
        String old = client.call("sessions.list").at("/sessions/0/id").stringValue();
        run("/new Newer");
        ask("two");
        assertThat(text("/session 2")).isEqualTo("Send /sessions first: the number is that of a line of its list.");
        run("/sessions");
        Client other = gateway.client();
        assertThat(run(other, "/session 2").get("text").stringValue()).startsWith("Send /sessions first");
        ask("three");

        JsonNode result = run("/session 2");

        assertThat(result.get("text").stringValue()).isEqualTo("Switched to: Old");
        assertThat(result.get("sessionId").stringValue()).isEqualTo(old);
        assertThat(client.event("synced").at("/payload/sessionId").stringValue())
                .isEqualTo(old);
        assertThat(client.call("sessions.history").at("/messages/0/content").stringValue())
                .isEqualTo("one");
    }

    /// S4-100
    @Test
    void sessionSwitchesToAnId() {
        String session = gateway.client()
                .call("sessions.new", "title", "By id")
                .get("sessionId")
                .stringValue();

        assertThat(text("/session " + session)).isEqualTo("Switched to: By id");

        model.says("Hi.");
        assertThat(client.call("agent", "message", "Hi").get("sessionId").stringValue())
                .isEqualTo(session);
    }

    /// S4-101
    @Test
    void historyShowsTheLatestMessages() {
        run("/new");
        assertThat(text("/history")).isEqualTo("There are no messages in this session yet.");
        ask("one");
        ask("two");

        JsonNode result = run("/history 3");

        assertThat(result.get("text").stringValue())
                .isEqualTo("The last 3 messages:\nAssistant: Answer to one.\nYou: two\nAssistant: Answer to two.");
        assertThat(result.at("/data/messages")).hasSize(3);
        assertThat(result.at("/data/hasMore").booleanValue()).isTrue();
        assertThat(run("/history").at("/data/messages")).hasSize(4);
        assertThat(text("/history 1")).isEqualTo("The last message:\nAssistant: Answer to two.");
    }

    /// S4-102
    @Test
    void statusTellsOfTheSession() throws InterruptedException {
        assertThat(text("/status")).startsWith("You are in no session yet.\nGateway: version 0.1.1, up ");
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Done."));
        JsonNode ack = client.call("agent", "message", "Work");
        client.call("agent", "message", "More work");
        gate.awaitArrival();

        JsonNode result = run("/status");

        assertThat(result.get("text").stringValue())
                .contains("Session: Work (" + ack.get("sessionId").stringValue() + ")")
                .contains("Model: scripted/script")
                .contains("Tokens: 0")
                .contains("Running: " + ack.get("runId").stringValue())
                .contains("Queued: 1")
                .contains("1 connections, 1 active sessions");
        assertThat(result.at("/data/session/activeRun")).isEqualTo(ack.get("runId"));
        gate.open();
    }

    /// S4-104
    @Test
    void cancelStopsWhatRuns() throws InterruptedException {
        assertThat(text("/cancel")).startsWith("You are in no session yet");
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Never."));
        JsonNode ack = client.call("agent", "message", "Work");
        gate.awaitArrival();

        JsonNode result = run("/cancel");

        assertThat(result.at("/data/runId")).isEqualTo(ack.get("runId"));
        assertThat(client.event("cancelled").at("/payload/runId")).isEqualTo(ack.get("runId"));
        TestGateway.eventually(
                "nothing runs", () -> gateway.runtime.busySessions().isEmpty());
        assertThat(text("/cancel")).isEqualTo("Nothing runs in this session.");
    }

    @Test
    void modelShowsAndSetsTheModelOfTheSession() {
        assertThat(text("/model")).isEqualTo("Models:\n  scripted/script");
        assertThat(text("/model scripted/script")).startsWith("You are in no session yet");
        run("/new");

        JsonNode result = run("/model anything");

        assertThat(result.get("text").stringValue()).isEqualTo("This session now uses scripted/script.");
        assertThat(result.at("/data/model").stringValue()).isEqualTo("scripted/script");
        assertThat(client.call("sessions.list").at("/sessions/0/model").stringValue())
                .isEqualTo("scripted/script");
        assertThat(text("/model")).isEqualTo("This session uses scripted/script.\nModels:\n  scripted/script");
    }

    /// S4-103
    @Test
    void helpListsAllCommands() {
        JsonNode result = run("/help");

        assertThat(result.get("text").stringValue()).startsWith("Commands:\n  /new [title] ");
        assertThat(result.at("/data/commands").values().stream()
                        .map(c -> c.get("name").stringValue()))
                .containsExactly("new", "sessions", "session", "history", "status", "cancel", "model", "agent", "help");
    }

    /// S4-106
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/session            | Which one? Write /session <number> after /sessions, or /session <id>.",
                "/session 0          | The session must be a number from 1 to 1, not '0'.",
                "/session 2          | The session must be a number from 1 to 1, not '2'.",
                "/session two        | The session must be a number from 1 to 1, not 'two'.",
                "/session 0190b5a0-0000-7000-8000-000000000000 | There is no session 0190b5a0-0000-7000-8000-000000000000.",
                "/session zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz | 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz' is not the id of a session.",
                "/history many       | How many messages must be a number from 1 to 200, not 'many'.",
                "/history -1         | How many messages must be a number from 1 to 200, not '-1'.",
                "/history 201        | How many messages must be a number from 1 to 200, not '201'.",
                "/histroy            | There is no command /histroy. Did you mean /history [n]? /help lists all.",
                "/sesions            | There is no command /sesions. Did you mean /sessions? /help lists all.",
                "/q                  | There is no command /q. Did you mean /new [title]? /help lists all.",
            })
    void saysReadablyWhatWasWrong(String command, String text) {
        run("/new Only");
        run("/sessions");

        assertThat(text(command)).isEqualTo(text);
        client.settle();
    }

    /// S4-68: text that only looks like a command goes to the agent
    @ParameterizedTest
    @ValueSource(strings = {"/etc/hosts: what is that?", "What does /help do?", "// comment", "/", "/ new", "/2"})
    void leavesOtherTextToTheAgent(String message) {
        model.says("I see.");

        client.call("agent", "message", message);

        assertThat(client.event("message").at("/payload/content").stringValue()).isEqualTo(message);
    }

    /// S4-105, S4-107: from every kind of client, to the sender alone, and nothing of it in the session
    @ParameterizedTest
    @ValueSource(strings = {"web", "pwa", "cli", "telegram", "mcp", "runtime"})
    void answersEveryClientAloneAndAlike(String clientType) {
        run("/new");
        String session = client.call("sessions.list").at("/sessions/0/id").stringValue();
        Client other = gateway.client("clientType", clientType, "sessionId", session);

        assertThat(run(other, " /HELP ").get("text")).isEqualTo(run("/help").get("text"));

        other.settle();
        assertThat(other.allEvents())
                .filteredOn(e -> Client.name(e).equals("command_result"))
                .hasSize(1);
        assertThat(client.call("sessions.history").get("messages")).isEmpty();
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void answersTheRequestBeforeTheCommandSpeaks() {
        String id = client.send("agent", Client.params("message", "/help"));
        client.event("command_result");

        List<JsonNode> frames = client.allFrames();
        assertThat(frames.indexOf(client.response(id)))
                .isLessThan(frames.indexOf(client.frame(f -> Client.name(f).equals("command_result"))));
    }

    /// A command that names a session is about that one.
    @Test
    void isAboutTheSessionOfTheRequest() {
        run("/new First");
        ask("one");
        String first = client.call("sessions.list").at("/sessions/0/id").stringValue();
        run("/new Second");

        client.call("agent", "message", "/history", "sessionId", first);

        assertThat(client.event("command_result").at("/payload/data/messages")).hasSize(2);
        assertThat(run("/history").at("/data/messages")).isEmpty();
    }
}
