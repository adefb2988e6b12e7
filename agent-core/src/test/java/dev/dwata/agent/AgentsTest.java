package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.AgentDefinition.ApprovalRule;
import dev.dwata.agent.definition.AgentLimits;
import dev.dwata.agent.definition.AgentSource;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.definition.ToolChoice;
import dev.dwata.agent.definition.ToolPattern;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an agent makes of a run (C-13).
class AgentsTest {
    private static final AgentSource OWN = new AgentSource(AgentSource.Kind.DATA_FOLDER, "agents/x.md");
    private static final AgentSource BROUGHT = new AgentSource(AgentSource.Kind.WORKSPACE, "w/x.md");

    private final ScriptedModel model = new ScriptedModel();

    private record Nothing() {}

    private static Tool tool(String name, Approval approval) {
        return Tool.of(
                new ToolSpec.Head(name, "For a test.", Effect.ONCE, approval),
                Nothing.class,
                (arguments, context) -> ToolOutcome.success(Map.of()));
    }

    private static AgentDefinition agent(
            AgentSource source, ToolChoice tools, List<ApprovalRule> approvals, AgentLimits limits) {
        return new AgentDefinition(
                "worker", "", "scripted/workers", tools, approvals, limits, Budget.UNLIMITED, null, "Work.", source);
    }

    private static ApprovalRule rule(String pattern, Approval approval) {
        return new ApprovalRule(new ToolPattern(pattern), approval);
    }

    /// Any name is that of a model.
    private Models models() {
        return new Models() {
            @Override
            public Model choose(String id) {
                return new Model("scripted", id == null ? "standard" : id.replace("scripted/", ""), model);
            }

            @Override
            public List<ModelInfo> list() {
                return List.of();
            }
        };
    }

    private LocalRuntime runtime(AgentDefinition... agents) {
        List<AgentDefinition> all = new ArrayList<>(List.of(AgentDefinition.of("default", "Help.")));
        all.addAll(List.of(agents));
        return AgentRuntime.builder()
                .models(models())
                .store(new InMemoryStore())
                .tools(List.of(
                        tool("files.read", Approval.AUTO),
                        tool("files.write", Approval.CONFIRM),
                        tool("shell.run", Approval.CONFIRM)))
                .policy(ToolPolicy.unattended())
                .agents(Agents.of(all))
                .build();
    }

    private static Prompt to(String agent) {
        return new Prompt("Go.", agent, null, null, null, Prompt.Origin.EMBEDDED);
    }

    @Test
    void theAgentOfTheRunDecidesInstructionsModelAndTools() {
        model.says("One.").says("Two.").says("Three.").says("Four.");
        ToolChoice reading = new ToolChoice(List.of(ToolChoice.Rule.of("files.*")));
        try (LocalRuntime runtime = runtime(agent(OWN, reading, List.of(), AgentLimits.NONE))) {
            Session session = runtime.createSession();
            session.prompt("Hello.").await();
            session.prompt(to("worker")).await();
            session.prompt(to("worker").withModel("scripted/wanted")).await();
            runtime.prompt(
                            new NewSession(null, "worker", "scripted/sessions", null, null, null, null),
                            Prompt.of("Go."))
                    .await();
        }

        assertThat(model.requests().stream().map(request -> request.system() + " " + request.model()))
                .containsExactly("Help. standard", "Work. workers", "Work. wanted", "Work. sessions");
        assertThat(model.requests().get(0).tools()).hasSize(3);
        assertThat(model.requests().get(1).tools().stream().map(ToolSpec::name))
                .containsExactly("files.read", "files.write");
    }

    @Test
    void aToolThatTheAgentHasNotIsNotCalled() {
        model.calls("shell.run", "{}").says("Then not.");
        ToolChoice reading = new ToolChoice(List.of(ToolChoice.Rule.of("!shell.run")));
        List<AgentEvent> events;
        try (LocalRuntime runtime =
                runtime(agent(OWN, reading, List.of(rule("shell.run", Approval.AUTO)), AgentLimits.NONE))) {
            events = events(runtime.createSession().prompt(to("worker")));
        }

        assertThat(events)
                .filteredOn(AgentEvent.ToolReturned.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((AgentEvent.ToolReturned) event).error())
                        .isEqualTo("there is no tool called 'shell.run'"));
    }

    @Test
    void thePersonsOwnAgentMayAllowWhatATrustedWorkspacesMayNot() {
        List<ApprovalRule> rules = List.of(
                rule("*", Approval.AUTO), rule("files.read", Approval.CONFIRM), rule("shell.*", Approval.NOTIFY));

        assertThat(calls(agent(OWN, ToolChoice.ALL, rules, AgentLimits.NONE)))
                .containsExactly("files.read confirm false", "files.write auto true", "shell.run notify true");
        assertThat(calls(agent(BROUGHT, ToolChoice.ALL, rules, AgentLimits.NONE)))
                .containsExactly("files.read confirm false", "files.write confirm false", "shell.run confirm false");
    }

    /// Each tool called once: the approval that it needed, and whether it was done.
    private List<String> calls(AgentDefinition agent) {
        model.calls("files.read", "{}")
                .says("1")
                .calls("files.write", "{}")
                .says("2")
                .calls("shell.run", "{}")
                .says("3");
        List<String> calls = new ArrayList<>();
        try (LocalRuntime runtime = runtime(agent)) {
            for (int i = 0; i < 3; i++) {
                String approval = "";
                for (AgentEvent event : events(runtime.createSession().prompt(to("worker")))) {
                    if (event instanceof AgentEvent.ToolCalled called) {
                        approval = called.approval().wireName();
                    } else if (event instanceof AgentEvent.ToolReturned returned) {
                        calls.add(returned.toolName() + " " + approval + " " + returned.success());
                    }
                }
            }
        }
        return calls;
    }

    @Test
    void aTrustedWorkspacesAgentMayOnlyLowerTheLimits() {
        for (int i = 0; i < 100; i++) {
            model.calls("files.read", "{\"page\":" + i + "}");
        }
        assertThat(turns(new AgentLimits(2, null), OWN)).isEqualTo(2);
        assertThat(turns(new AgentLimits(2, null), BROUGHT)).isEqualTo(2);
        assertThat(turns(new AgentLimits(31, null), OWN)).isEqualTo(31);
        assertThat(turns(new AgentLimits(31, null), BROUGHT)).isEqualTo(30);
    }

    private long turns(AgentLimits limits, AgentSource source) {
        try (LocalRuntime runtime = runtime(agent(source, ToolChoice.ALL, List.of(), limits))) {
            AgentEvent.Terminal end =
                    runtime.createSession().prompt(to("worker")).await();
            return ((AgentError.LimitReached) ((AgentEvent.RunFailed) end).error()).value();
        }
    }

    @Test
    void anAgentsOwnBudgetEndsItsRuns() {
        for (int i = 0; i < 100; i++) {
            model.calls("files.read", "{\"page\":" + i + "}");
        }
        AgentDefinition worker = new AgentDefinition(
                "worker",
                "",
                "scripted/workers",
                ToolChoice.ALL,
                List.of(),
                AgentLimits.NONE,
                Budget.ofToolCalls(2),
                null,
                "Work.",
                OWN);
        try (LocalRuntime runtime = runtime(worker)) {
            List<AgentEvent> events = events(runtime.createSession().prompt(to("worker")));

            AgentError why = ((AgentEvent.RunFailed) events.getLast()).error();
            assertThat(why).isInstanceOf(AgentError.BudgetExceeded.class);
            assertThat(events.stream()
                            .filter(event -> event instanceof AgentEvent.ToolReturned returned && returned.success()))
                    .hasSize(2);
        }
    }

    @Test
    void anUnknownAgentIsRefusedWhereverItIsNamed() {
        try (LocalRuntime runtime = runtime(agent(OWN, ToolChoice.ALL, List.of(), AgentLimits.NONE))) {
            Session session = runtime.createSession();
            NewSession wanted = new NewSession(null, "wroker", null, null, null, null, null);

            for (Runnable use : List.<Runnable>of(
                    () -> session.prompt(to("wroker")),
                    () -> runtime.createSession(wanted),
                    () -> runtime.prompt(wanted, Prompt.of("Go.")))) {
                assertThatThrownBy(use::run)
                        .isInstanceOfSatisfying(
                                AgentException.class,
                                e -> assertThat(e.error())
                                        .isEqualTo(new AgentError.InvalidRequest(
                                                "there is no agent 'wroker'; known: default, worker")));
            }
            assertThat(session.history(10, null).messages()).isEmpty();
        }
    }

    private static List<AgentEvent> events(Run run) {
        List<AgentEvent> events = new ArrayList<>();
        try (run) {
            run.forEach(events::add);
        }
        return events;
    }
}
