package dev.dwata.agent.policy;

import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.PolicyRule;
import org.jspecify.annotations.Nullable;

/// What a policy makes of a call.
///
/// @param level  who must agree, as people are told: `confirm` where it is asked
/// @param rule   what decided: the id of a rule, `default` for the tool's own level, `tool` for the tool itself
/// @param policy SHA-256 of the rules of the configuration, in hexadecimal
/// @param reason why it is asked or denied, one sentence; absent where there is nothing to say
/// @param always the rule that an answer of `always` makes, as narrow as can be; absent where there is no such
///               answer
public record PolicyDecision(
        Verdict verdict,
        Approval level,
        String rule,
        String policy,
        @Nullable String reason,
        @Nullable PolicyRule always) {

    /// What decides where no rule does.
    public static final String DEFAULT = "default";

    /// What decides where a person trusts the workspace.
    public static final String TRUST = "trust";

    /// What decides where the tool itself does.
    public static final String TOOL = "tool";

    /// The same, but nobody is there to be asked.
    PolicyDecision unattended(String tool) {
        return verdict != Verdict.ASK
                ? this
                : new PolicyDecision(
                        Verdict.DENY,
                        level,
                        rule,
                        policy,
                        tool + " needs a person's approval"
                                + (reason == null ? ", and " : " (" + reason + "), and ")
                                + "nobody can be asked here",
                        null);
    }
}
