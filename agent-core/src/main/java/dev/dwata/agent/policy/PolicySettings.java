package dev.dwata.agent.policy;

import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the person who runs dwata has said about tool calls.
///
/// @param rules     of those that say the same of a call, the first is named
/// @param approvals what becomes of calls that no rule is about
/// @param attended  whether anybody can be asked
/// @param patience  how long somebody is waited for
public record PolicySettings(List<PolicyRule> rules, ApprovalMode approvals, boolean attended, Duration patience) {
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    /// No rules; a person is asked as the tools say.
    public static final PolicySettings NONE = new PolicySettings(List.of(), ApprovalMode.ASK, true, PATIENCE);

    public PolicySettings {
        rules = List.copyOf(rules);
    }

    /// The same rules.
    ///
    /// @param people whether anybody can be asked
    public PolicySettings with(ApprovalMode mode, boolean people) {
        return new PolicySettings(rules, mode, people, patience);
    }

    boolean asksNobody() {
        return !attended || approvals == ApprovalMode.NEVER;
    }

    /// SHA-256 of what decides, in hexadecimal. Whether somebody is there makes no difference: a question that
    /// was put while somebody was can be answered later.
    String hash() {
        ObjectNode all = Json.MAPPER.createObjectNode();
        all.put("levels", approvals == ApprovalMode.AUTO ? "allow" : "ask");
        all.set("rules", Json.MAPPER.valueToTree(rules));
        return CallDigest.of(all);
    }
}
