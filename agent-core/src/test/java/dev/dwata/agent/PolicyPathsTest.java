package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.policy.RulePolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// K8: the same policy for a call, from wherever it comes.
@Timeout(60)
class PolicyPathsTest {
    private static final String RULE = "no-money";

    private final InMemoryStore store = new InMemoryStore();
    private final List<String> paid = new ArrayList<>();

    private record To(String to) {}

    private Tool pay(String name) {
        return Tool.of(new ToolSpec.Head(name, "Pays.", Effect.ONCE, Approval.AUTO), To.class, (arguments, context) -> {
            paid.add(arguments.to());
            return ToolOutcome.success(Map.of());
        });
    }

    private LocalRuntime runtime(ScriptedModel model) {
        PolicyRule rule =
                new PolicyRule(RULE, PolicyRule.Effect.DENY, "*pay", null, null, null, null, null, null, null);
        PolicySettings settings = new PolicySettings(List.of(rule), ApprovalMode.AUTO, true, PolicySettings.PATIENCE);
        return AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .policy(new RulePolicy(settings, store.rules(), "/work"))
                .tools(List.of(pay("test.pay")))
                .toolSource((session, agent) -> List.of(pay("server.pay")))
                .subAgents(1)
                .build();
    }

    private void denies(String tool) {
        List<AuditEntry> decisions = store.audit().latest(Principal.LOCAL, 100).stream()
                .filter(entry -> entry.toolName().equals(tool))
                .filter(entry -> "deny".equals(entry.what()))
                .toList();
        assertThat(decisions).extracting(AuditEntry::rule).containsExactly(RULE);
        assertThat(paid).isEmpty();
    }

    @Test
    void aToolOfItsOwn() {
        try (LocalRuntime runtime = runtime(new ScriptedModel()
                        .calls("test.pay", "{\"to\":\"Ada\"}")
                        .says("No."));
                Run run = runtime.createSession().prompt("Pay.")) {
            List<AgentEvent> events = new ArrayList<>();
            run.forEach(events::add);
            assertThat(events)
                    .filteredOn(ToolCalled.class::isInstance)
                    .map(event -> ((ToolCalled) event).decision())
                    .extracting(CallDecision::rule)
                    .containsExactly(RULE);
            assertThat(events)
                    .filteredOn(ToolReturned.class::isInstance)
                    .map(event -> ((ToolReturned) event).error())
                    .containsExactly("the rule 'no-money' does not allow it");
            denies("test.pay");
        }
    }

    @Test
    void aToolOfASubAgent() {
        ScriptedModel model = new ScriptedModel()
                .calls("agent.run", "{\"task\":\"Pay Ada.\"}")
                .calls("test.pay", "{\"to\":\"Ada\"}")
                .says("No.")
                .says("It was not allowed.");
        try (LocalRuntime runtime = runtime(model);
                Run run = runtime.createSession().prompt("Have her paid.")) {
            run.forEach(event -> {});
            assertThat(model.remaining()).isZero();
            denies("test.pay");
        }
    }

    @Test
    void aToolOfAServer() {
        try (LocalRuntime runtime = runtime(new ScriptedModel()
                        .calls("server.pay", "{\"to\":\"Ada\"}")
                        .says("No."));
                Run run = runtime.createSession().prompt("Pay.")) {
            run.forEach(event -> {});
            denies("server.pay");
        }
    }

    @Test
    void aToolOfAClient() {
        ScriptedModel model =
                new ScriptedModel().calls("clientpay", "{\"to\":\"Ada\"}").says("No.");
        try (LocalRuntime runtime = runtime(model)) {
            Session session = runtime.createSession();
            runtime.clientTools()
                    .register(
                            session.id(),
                            "web-1",
                            List.of(new ClientTools.Offer(
                                    "clientpay", "Pays.", Json.MAPPER.readTree("{\"type\":\"object\"}"), null)));
            try (Run run = session.prompt("Pay.")) {
                run.forEach(event -> {});
            }
            denies("clientpay");
            assertThat(store.inputs().open(Principal.LOCAL, null)).isEmpty();
        }
    }
}
