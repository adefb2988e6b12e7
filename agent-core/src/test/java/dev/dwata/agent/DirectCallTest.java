package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.memory.MemoryTools;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// Calls of tools without a model: S3-77, S3-105.
@Timeout(30)
class DirectCallTest {
    record Word(String word) {}

    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime = AgentRuntime.builder()
            .models(model.asModels())
            .store(store)
            .policy(ToolPolicy.asking())
            .redaction(Redaction.of(List.of("sesame-sesame")))
            .tools(List.of(tool("test.shout", Approval.AUTO), tool("test.send", Approval.CONFIRM)))
            .build();

    private static Tool tool(String name, Approval approval) {
        return Tool.of(
                new ToolSpec.Head(name, "Says it.", Effect.ONCE, approval),
                Word.class,
                (said, context) -> ToolOutcome.success(Map.of("said", said.word() + "!")));
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static ObjectNode word(String word) {
        return Json.MAPPER.createObjectNode().put("word", word);
    }

    private ToolReturned call(String tool, ObjectNode arguments) {
        try (Run run = runtime.createSession().prompt(new DirectCall(tool, arguments).prompt())) {
            return DirectCall.outcome(run);
        }
    }

    @Test
    void returnsWhatTheToolReturnsAndAsksNoModel_S3_105() {
        ToolReturned returned = call("test.shout", word("two words"));

        assertThat(returned.success()).isTrue();
        assertThat(returned.result()).isEqualTo(Json.MAPPER.readTree("{\"success\":true,\"said\":\"two words!\"}"));
        assertThat(model.requests()).isEmpty();
        assertThat(store.audit().latest(Principal.LOCAL, 10)).isNotEmpty();
    }

    @Test
    void whatIsWrongIsTheResult() {
        assertThat(call("test.shout", Json.MAPPER.createObjectNode()).error()).contains("word");
        assertThat(call("test.none", word("x")).error()).contains("there is no tool called 'test.none'");
    }

    @Test
    void waitsForWhoeverMustAgree() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        store.log()
                .listen(batch -> batch.forEach(entry -> {
                    if (entry.event() instanceof InputRequested) {
                        asked.countDown();
                    }
                }));
        Session session = runtime.createSession();
        try (Run run = session.prompt(new DirectCall("test.send", word("now")).prompt())) {
            asked.await();
            InputRequest request = runtime.inputs(session.id()).getFirst();
            assertThat(request.asked().arguments()).isEqualTo(word("now"));

            runtime.respond(request.id(), new InputResponse.Reject("not today"));

            assertThat(DirectCall.outcome(run).error()).contains("not today");
        }
    }

    @Test
    void aSecretIsNotSentOut() {
        assertThat(call("test.shout", word("sesame-sesame")).success()).isFalse();
    }

    @Test
    void theConversationGoesOnWithItsOwnModel() {
        model.says("Hello.");
        Session session = runtime.createSession();
        try (Run run = session.prompt(new DirectCall("test.shout", word("a")).prompt())) {
            DirectCall.outcome(run);
        }
        try (Run run = session.prompt("Hi.")) {
            run.await();
        }

        assertThat(model.requests()).hasSize(1);
        assertThat(model.requests().getFirst().messages().getFirst().text())
                .isEqualTo("call test.shout {\"word\":\"a\"}");
    }

    @Test
    void otherMessagesAreNoCalls() {
        for (String message : List.of("call", "call x", "call x []", "call x {", "hello")) {
            try (Run run = runtime.createSession().prompt(Prompt.of(message).withModel(DirectCall.MODEL))) {
                assertThatThrownBy(() -> DirectCall.outcome(run))
                        .isInstanceOf(AgentException.class)
                        .hasMessageContaining("takes only calls");
            }
        }
    }

    @Test
    void anotherToolSetIsUsedInAnotherRuntime() {
        try (LocalRuntime other = AgentRuntime.builder()
                        .models(model.asModels())
                        .store(new InMemoryStore())
                        .tools(MemoryTools.over(store.memory()))
                        .build();
                Run run = other.createSession()
                        .prompt(new DirectCall("memory.list", Json.MAPPER.createObjectNode()).prompt())) {
            assertThat(DirectCall.outcome(run).success()).isTrue();
        }
    }
}
