package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.memory.MemoryTools;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Principal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReflectionTest {
    private final InMemoryStore store = new InMemoryStore();
    private final BlockingQueue<Envelope> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Envelope> ended = new LinkedBlockingQueue<>();

    private LocalRuntime runtime(ScriptedModel model) {
        store.log()
                .listen(batch -> batch.forEach(entry -> {
                    if (entry.event() instanceof InputRequested) {
                        asked.add(entry);
                    } else if (entry.event() instanceof Terminal) {
                        ended.add(entry);
                    }
                }));
        return AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .policy(ToolPolicy.asking())
                .tools(MemoryTools.over(store.memory()))
                .reflection(null, Budget.ofToolCalls(5))
                .build();
    }

    @Test
    void proposesWhatToRememberAndAPersonDecides() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .says("Nice to meet you, Ada.")
                .calls("memory.set", "{\"key\":\"name\",\"value\":\"The user is called Ada.\"}")
                .says("Remembered.");
        try (LocalRuntime runtime = runtime(model)) {
            Session session = runtime.createSession();
            try (Run run = session.prompt("I am Ada.")) {
                run.await();
            }
            Envelope request = asked.poll(20, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            InputRequest open = runtime.inputs(null).getFirst();
            assertThat(open.sessionId()).isNotEqualTo(session.id());
            assertThat(open.asked().arguments().path("value").asString()).isEqualTo("The user is called Ada.");
            assertThat(store.memory().list(Memory.Scope.of(Principal.LOCAL), ""))
                    .isEmpty();

            runtime.respond(open.id(), new InputResponse.Approve());

            assertThat(ended.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(ended.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(store.memory().get(Memory.Scope.of(Principal.LOCAL), "name"))
                    .hasValueSatisfying(entry -> assertThat(entry.value()).isEqualTo("The user is called Ada."));
            assertThat(runtime.sessions(SessionQuery.latest(10)).total()).isEqualTo(1);
            assertThat(model.requests().get(1).messages().getFirst().text())
                    .contains("User: I am Ada.")
                    .contains("Assistant: Nice to meet you, Ada.");
            assertThat(model.remaining()).isZero();
        }
    }
}
