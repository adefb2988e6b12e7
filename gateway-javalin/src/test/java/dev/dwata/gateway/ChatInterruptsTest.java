package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs that wait for a client of AG-UI: they end with interrupts, and go on with what it answers.
@Timeout(60)
class ChatInterruptsTest {
    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private final List<String> paid = Collections.synchronizedList(new ArrayList<>());
    private TestGateway gateway;
    private Chat chat;

    private record To(String to) {}

    private void start(Store store) {
        Tool pay = Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> {
                    paid.add(arguments.to());
                    return ToolOutcome.success(Map.of("paid", arguments.to()));
                });
        gateway = TestGateway.over(
                AgentRuntime.builder()
                        .tools(List.of(pay, TestTools.echo(), AskUserTool.create()))
                        .policy(ToolPolicy.asking()),
                model,
                store);
        chat = new Chat(gateway);
    }

    @BeforeEach
    void start() {
        start(new InMemoryStore());
    }

    @AfterEach
    void close() {
        chat.close();
        gateway.close();
    }

    private String pays() {
        model.calls("test.pay", "{\"to\":\"Ann\"}").says("Over.");
        return interrupt(chat.post(Chat.input("thread", "run-1", "Pay")));
    }

    private static String interrupt(Chat.Answer answer) {
        return answer.interrupts().get(0).get("id").stringValue();
    }

    private static ObjectNode withTools(ObjectNode body, String... names) {
        for (String name : names) {
            ((ArrayNode) body.get("tools"))
                    .addObject()
                    .put("name", name)
                    .put("description", "of the client")
                    .set("parameters", Json.MAPPER.readTree("{\"type\":\"object\"}"));
        }
        return body;
    }

    @Test
    void anApprovalIsAnInterrupt() {
        model.calls("test.pay", "{\"to\":\"Ann\"}").says("Over.");

        Chat.Answer answer = chat.post(Chat.input("thread", "run-1", "Pay"));

        assertThat(answer.types())
                .containsExactly("RUN_STARTED", "TOOL_CALL_START", "TOOL_CALL_ARGS", "TOOL_CALL_END", "RUN_FINISHED");
        JsonNode interrupt = answer.interrupts().get(0);
        assertThat(interrupt.get("reason").stringValue()).isEqualTo("approval_required");
        assertThat(interrupt.get("toolCallId"))
                .isEqualTo(answer.only("TOOL_CALL_START").get("toolCallId"));
        assertThat(interrupt.at("/metadata/kind").stringValue()).isEqualTo("approval");
        assertThat(interrupt.at("/metadata/toolName").stringValue()).isEqualTo("test.pay");
        assertThat(interrupt.at("/metadata/input/to").stringValue()).isEqualTo("Ann");
        assertThat(interrupt.has("expiresAt") && interrupt.has("responseSchema"))
                .isTrue();
        assertThat(paid).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true                                              | Ann",
                "{\"approved\":true}                               | Ann",
                "{\"approved\":true,\"editedArgs\":{\"to\":\"Eve\"}} | Eve",
                "false                                             | ''",
                "{\"approved\":false,\"reason\":\"too much\"}      | ''"
            })
    void everyFormOfAnAnswerIsUnderstood(String payload, String receiver) {
        String id = pays();

        Chat.Answer answer =
                chat.post(Chat.resume("thread", "run-2", id, payload).put("parentRunId", "run-1"));

        assertThat(answer.types())
                .containsExactly(
                        "RUN_STARTED",
                        "TOOL_CALL_RESULT",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "RUN_FINISHED");
        assertThat(answer.only("RUN_STARTED").get("runId").stringValue()).isEqualTo("run-2");
        assertThat(answer.only("RUN_STARTED").get("parentRunId").stringValue()).isEqualTo("run-1");
        assertThat(answer.only("TOOL_CALL_RESULT").get("content").stringValue())
                .contains(payload.contains("too much") ? "too much" : "success");
        assertThat(paid).isEqualTo(receiver.isEmpty() ? List.of() : List.of(receiver));
        assertThat(model.requests()).hasSize(2);
    }

    @Test
    void anAnswerMayBeRefused() {
        ObjectNode body = Chat.resume("thread", "run-2", pays(), "true");
        ((ObjectNode) body.at("/resume/0")).put("status", "cancelled").remove("payload");

        Chat.Answer answer = chat.post(body);

        assertThat(answer.only("TOOL_CALL_RESULT").get("content").stringValue()).contains("cancelled");
        assertThat(paid).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yes\"", "{}", "{\"approved\":1}", "{\"approved\":true,\"editedArgs\":7}", "null"})
    void anAnswerThatIsNoneIsRefusedAndCanBeGivenAgain(String payload) {
        String id = pays();

        Chat.Answer refused = chat.post(Chat.resume("thread", "run-2", id, payload));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(chat.post(Chat.resume("thread", "run-2", id, "true")).text()).isEqualTo("Over.");
    }

    /// A9, C12: an answer that is given twice counts once, and is read on like any run
    @Test
    void theSameAnswerAgainIsTheSameRun() {
        ObjectNode body = Chat.resume("thread", "run-2", pays(), "true");
        List<Chat.Event> all = chat.post(body).events();

        assertThat(chat.post(body).events()).isEqualTo(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(chat.post(body, "Last-Event-ID", all.get(i).id()).events())
                    .isEqualTo(all.subList(i + 1, all.size()));
        }
        assertThat(chat.get("?runId=run-2&offset=-1").types())
                .isEqualTo(all.stream().map(Chat.Event::type).toList());
        assertThat(chat.get("?runId=run-1&offset=-1").interrupts()).hasSize(1);
        assertThat(chat.post(Chat.input("thread", "run-1", "Pay")).interrupts()).hasSize(1);
        assertThat(paid).containsExactly("Ann");
    }

    /// The first answer counts, from whichever door
    @Test
    void whoAnswersLateIsShownHowItWentOn() {
        String id = pays();
        gateway.runtime.respond(new InputId(id), new InputResponse.Reject("no money"));

        Chat.Answer answer = chat.post(Chat.resume("thread", "run-2", id, "true"));

        assertThat(answer.only("TOOL_CALL_RESULT").get("content").stringValue()).contains("no money");
        assertThat(answer.text()).isEqualTo("Over.");
        assertThat(paid).isEmpty();
    }

    @Test
    void aNewMessageIsRefusedWhileTheThreadWaits() {
        String id = pays();

        Chat.Answer refused = chat.post(Chat.input("thread", "run-2", "Never mind"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("error").stringValue()).contains(id);
        assertThat(refused.body().at("/details/interrupts/0/id").stringValue()).isEqualTo(id);
        JsonNode history = chat.get("?threadId=thread").body();
        assertThat(history.at("/interrupts/pending/0/id").stringValue()).isEqualTo(id);
        assertThat(history.get("activeRun").isNull()).isTrue();
        assertThat(history.get("messages")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"where\":\"here\"}", "\"here\"", "{\"answer\":\"here\"}"})
    void aQuestionIsAnsweredByItsIdOrBare(String payload) {
        model.calls(
                        "ask_user",
                        "{\"questions\":[{\"id\":\"where\",\"text\":\"Where?\",\"options\":[\"here\",\"there\"]}]}")
                .says("Fine.");
        Chat.Answer asked = chat.post(Chat.input("thread", "run-1", "Go"));
        assertThat(asked.interrupts().get(0).get("reason").stringValue()).isEqualTo("input_required");

        String id = interrupt(asked);
        assertThat(chat.post(Chat.resume("thread", "run-2", id, "{\"where\":\"nowhere\"}"))
                        .status())
                .isEqualTo(400);
        Chat.Answer answer = chat.post(Chat.resume("thread", "run-2", id, payload));

        assertThat(answer.only("TOOL_CALL_RESULT").get("content").stringValue()).contains("here");
        assertThat(answer.text()).isEqualTo("Fine.");
    }

    @Test
    void toolsOfAClientAreCarriedOutByItAtTheSameTime() {
        model.turn(turn -> turn.calls("show", "{\"n\":1}").calls("hide", "{\"n\":2}"))
                .says("Both.");

        Chat.Answer asked = chat.post(withTools(Chat.input("thread", "run-1", "Go"), "show", "hide", "test.echo"));

        assertThat(asked.interrupts()).hasSize(2);
        assertThat(asked.interrupts().get(0).get("reason").stringValue()).isEqualTo("client_tool_input");
        ObjectNode body = withTools(Chat.input("thread", "run-2"), "show", "hide");
        ArrayNode resume = body.putArray("resume");
        asked.interrupts()
                .forEach(one -> resume.addObject()
                        .put("interruptId", one.get("id").stringValue())
                        .put("status", "resolved")
                        .putObject("payload")
                        .put("did", one.at("/metadata/toolName").stringValue()));
        Chat.Answer answer = chat.post(body);

        assertThat(answer.types())
                .containsExactly(
                        "RUN_STARTED",
                        "TEXT_MESSAGE_START",
                        "TEXT_MESSAGE_CONTENT",
                        "TEXT_MESSAGE_END",
                        "RUN_FINISHED");
        assertThat(answer.text()).isEqualTo("Both.");
        assertThat(model.requests().getLast().messages().getLast().toString()).contains("show", "hide");
        assertThat(chat.post(body).events()).isEqualTo(answer.events());
    }

    @Test
    void theToolsAreTakenBackWhenTheRunIsOver() {
        model.says("No need.").says("Still none.");

        Chat.Answer answer = chat.post(withTools(Chat.input("thread", "run-1", "Go"), "show"));

        SessionId session = new SessionId(
                answer.only("RUN_STARTED").at("/metadata/dwata/sessionId").stringValue());
        assertThat(model.requests().getFirst().tools().toString()).contains("show");
        TestGateway.eventually(
                "taken back",
                () -> gateway.runtime
                        .clientTools()
                        .names(session, "ag-ui:run-1")
                        .isEmpty());
        chat.post(Chat.input("thread", "run-2", "Again"));
        assertThat(model.requests().getLast().tools().toString()).doesNotContain("show");
    }

    /// A tool that another client holds is carried out by that one, while the run waits without ending here.
    @Test
    void aCallOfAnotherClientsToolIsNoInterrupt() {
        Client holder = gateway.client();
        String thread = holder.call("sessions.new").get("sessionId").stringValue();
        holder.call(
                "tools.register",
                "tools",
                List.of(Map.of("name", "notify", "description", "Notifies.", "parameters", Map.of("type", "object"))));
        model.calls("notify", "{}").says("Shown.");
        Thread.ofVirtual().start(() -> {
            String id = holder.event("input_request").at("/payload/requestId").stringValue();
            holder.call("input.respond", "requestId", id, "result", Map.of("ok", 7));
        });

        Chat.Answer answer = chat.post(Chat.input(thread, "run-1", "Go"));

        assertThat(answer.only("TOOL_CALL_RESULT").get("content").stringValue()).contains("\"ok\":7");
        assertThat(answer.text()).isEqualTo("Shown.");
    }

    @Test
    void aMessageOfTheRoleToolIsAnAnswerToo() {
        model.calls("show", "{}").says("Shown.");
        Chat.Answer asked = chat.post(withTools(Chat.input("thread", "run-1", "Go"), "show"));
        String call = asked.only("TOOL_CALL_START").get("toolCallId").stringValue();
        ObjectNode body = withTools(Chat.input("thread", "run-2", "Go"), "show");
        ArrayNode messages = (ArrayNode) body.get("messages");
        messages.addObject().put("id", "a").put("role", "assistant");
        messages.addObject()
                .put("id", "t")
                .put("role", "tool")
                .put("toolCallId", call)
                .put("content", "{\"ok\":7}");

        Chat.Answer answer = chat.post(body);

        assertThat(answer.text()).isEqualTo("Shown.");
        assertThat(model.requests().getLast().messages().getLast().toString()).contains("\"ok\":7");
        assertThat(chat.post(body).events()).isEqualTo(answer.events());
        assertThat(chat.post(body, "Last-Event-ID", answer.events().getFirst().id())
                        .events())
                .isEqualTo(answer.events().subList(1, answer.events().size()));
    }

    /// A run that waits outlasts the gateway
    @Test
    void anAnswerIsTakenAfterTheGatewayWasStartedAgain() {
        gateway.close();
        Path file = directory.resolve("db.sqlite3");
        start(SqliteStore.open(file));
        String id = pays();
        chat.close();
        gateway.close();
        start(SqliteStore.open(file));

        Chat.Answer answer = chat.post(Chat.resume("thread", "run-2", id, "true"));

        assertThat(answer.text()).isEqualTo("Over.");
        assertThat(paid).containsExactly("Ann");
    }

    @Test
    void anInterruptOfAnotherThreadIsNone() {
        String id = pays();
        model.says("Elsewhere.");
        chat.post(Chat.input("another", "run-1", "Hi"));

        assertThat(chat.post(Chat.resume("another", "run-2", id, "true")).status())
                .isEqualTo(404);
        assertThat(chat.post(Chat.resume("thread", "run-2", "nonsense", "true")).status())
                .isEqualTo(400);
        assertThat(paid).isEmpty();
    }
}
