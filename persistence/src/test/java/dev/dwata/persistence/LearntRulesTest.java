package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.policy.RulePolicy;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Effect;
import dev.dwata.types.InputResponse;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.RuleScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rules that answers of "always" have made: K6, and what becomes of them with the process.
@Timeout(60)
class LearntRulesTest {
    @TempDir
    Path folder;

    private record To(String to) {}

    private static Tool pay() {
        return Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> CallReview.PLAIN.withAlways(Map.of("to", arguments.to())),
                (arguments, context) -> ToolOutcome.success(Map.of()));
    }

    private LocalRuntime runtime(SqliteStore store, String workspace) {
        ScriptedModel model = new ScriptedModel();
        for (int i = 0; i < 2; i++) {
            model.calls("test.pay", "{\"to\":\"Ada\"}").says("Done.");
        }
        model.calls("test.pay", "{\"to\":\"*\"}").says("Done.");
        return AgentRuntime.builder()
                .models(model.asModels())
                .tools(List.of(pay()))
                .store(store)
                .policy(new RulePolicy(PolicySettings.NONE, store.rules(), workspace))
                .build();
    }

    private SqliteStore store() {
        return SqliteStore.open(folder.resolve("db.sqlite3"));
    }

    /// @return what decided the call, after everything that was asked was answered so
    private static String decidedBy(LocalRuntime runtime, Session session, InputResponse answer) {
        String rule = "nothing";
        try (Run run = session.prompt("Pay.")) {
            for (AgentEvent event : run) {
                if (event instanceof ToolCalled called) {
                    CallDecision decision = Objects.requireNonNull(called.decision());
                    rule = decision.verdict().wireName() + " " + decision.rule();
                }
                if (event instanceof InputRequested asked) {
                    runtime.respond(asked.requestId(), answer);
                }
            }
        }
        return rule;
    }

    private static final InputResponse NO = new InputResponse.Reject("no");

    @Test
    void areForTheirSessionAgentAndWorkspaceUntilTheyAreRevoked_K6() {
        Session session;
        String rule;
        try (LocalRuntime runtime = runtime(store(), "/work")) {
            session = runtime.createSession();
            assertThat(decidedBy(runtime, session, new InputResponse.Always(RuleScope.SESSION)))
                    .isEqualTo("ask default");
            rule = decidedBy(runtime, session, NO);
            assertThat(rule).startsWith("allow always-");
            assertThat(decidedBy(runtime, session, NO)).as("another payee").isEqualTo("ask default");
        }
        try (LocalRuntime runtime = runtime(store(), "/work")) {
            assertThat(decidedBy(runtime, runtime.session(session.id()), NO))
                    .as("after a restart")
                    .isEqualTo(rule);
            assertThat(decidedBy(runtime, runtime.createSession(), NO))
                    .as("in another session")
                    .isEqualTo("ask default");
        }
        try (LocalRuntime runtime = runtime(store(), "/other")) {
            assertThat(decidedBy(runtime, runtime.session(session.id()), NO))
                    .as("in another workspace")
                    .isEqualTo("ask default");
        }
        revokeElsewhere(rule, session);
    }

    /// Another process ends the rule while a runtime is up.
    private void revokeElsewhere(String rule, Session session) {
        try (LocalRuntime runtime = runtime(store(), "/work");
                SqliteStore other = store()) {
            assertThat(decidedBy(runtime, runtime.session(session.id()), NO)).isEqualTo(rule);
            List<PolicyRule> rules = other.rules().list(Principal.LOCAL);
            assertThat(rules).hasSize(1);
            other.rules().revoke(Principal.LOCAL, rules.getFirst().id());
            assertThat(decidedBy(runtime, runtime.session(session.id()), NO)).isEqualTo("ask default");
        }
    }
}
