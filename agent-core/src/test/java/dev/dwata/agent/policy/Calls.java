package dev.dwata.agent.policy;

import dev.dwata.agent.policy.ProposedCall.Origin;
import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls, and rules for them, as tests of policies make them.
final class Calls {
    static final String FOLDER = "/home/ada/project";
    static final SessionId SESSION = SessionId.create();
    static final Origin ORIGIN = new Origin(Principal.LOCAL, SESSION, RunId.create(), "default", false);
    static final Origin TAINTED = new Origin(Principal.LOCAL, SESSION, RunId.create(), "default", true);

    private Calls() {}

    static ToolSpec tool(String name, Approval approval, ToolTrait... traits) {
        return new ToolSpec.Head(name, "", Effect.ONCE, approval).with(traits).with(Json.MAPPER.createObjectNode());
    }

    static ProposedCall call(ToolSpec tool, String arguments, CallReview review, Origin origin) {
        return new ProposedCall(tool, Json.MAPPER.readTree(arguments), review, origin);
    }

    static ProposedCall call(ToolSpec tool, String arguments) {
        return call(tool, arguments, CallReview.PLAIN, ORIGIN);
    }

    /// A command that the tool is sure of.
    static ProposedCall command(String... argv) {
        return call(tool("shell.run", Approval.CONFIRM), "{}", CallReview.PLAIN.withArgv(List.of(argv)), ORIGIN);
    }

    static PolicyRule rule(String id, PolicyRule.Effect effect, String tool) {
        return new PolicyRule(id, effect, tool, null, null, null, null, null, null, null);
    }

    static PolicyRule about(String id, PolicyRule.Effect effect, String... argv) {
        return new PolicyRule(id, effect, "shell.run", null, List.of(argv), null, null, null, null, null);
    }

    static PolicySettings settings(PolicyRule... rules) {
        return new PolicySettings(List.of(rules), ApprovalMode.ASK, true, PolicySettings.PATIENCE);
    }

    static RulePolicy policy(PolicyRule... rules) {
        return policy(settings(rules));
    }

    static RulePolicy policy(PolicySettings settings) {
        return new RulePolicy(settings, new Learnt(List.of()), FOLDER);
    }

    static RulePolicy learnt(@Nullable PolicyRule rule) {
        return new RulePolicy(settings(), new Learnt(rule == null ? List.of() : List.of(rule)), FOLDER);
    }

    /// Rules of answers, without a store.
    record Learnt(List<PolicyRule> rules) implements PolicyRules {
        @Override
        public List<PolicyRule> list(Principal owner) {
            return rules;
        }

        @Override
        public void revoke(Principal owner, String id) {
            throw new UnsupportedOperationException();
        }
    }
}
