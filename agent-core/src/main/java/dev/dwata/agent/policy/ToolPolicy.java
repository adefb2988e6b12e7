package dev.dwata.agent.policy;

import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision.Verdict;
import org.jspecify.annotations.Nullable;

/// Decides whether a tool call may run. Asked for every call on every path, before anything happens, and again
/// right before a call that somebody has agreed to.
@FunctionalInterface
public interface ToolPolicy {

    /// Does not wait for anybody: where a person has to agree it says so, and the run asks.
    PolicyDecision decide(ProposedCall call);

    /// The same, but what would be asked is denied, because nobody is there.
    default ToolPolicy withoutPeople() {
        return call -> decide(call).unattended(call.tool().name());
    }

    /// Everything may run but what a tool itself denies: for a workspace that was trusted, and for tests.
    static ToolPolicy allowAll() {
        return call -> call.review().denial() == null
                ? decision(Verdict.ALLOW, call.tool().approval(), null)
                : decision(Verdict.DENY, call.tool().approval(), call.review().denial());
    }

    /// What is `confirm`, and what a tool has doubts about, is asked; the rest may run.
    static ToolPolicy asking() {
        return call -> {
            if (call.review().denial() != null) {
                return new PolicyDecision(
                        Verdict.DENY,
                        call.tool().approval(),
                        PolicyDecision.TOOL,
                        NO_RULES,
                        call.review().denial(),
                        null);
            }
            if (call.review().caution() != null) {
                return new PolicyDecision(
                        Verdict.ASK,
                        Approval.CONFIRM,
                        PolicyDecision.TOOL,
                        NO_RULES,
                        call.review().caution(),
                        null);
            }
            return decision(
                    call.tool().approval() == Approval.CONFIRM ? Verdict.ASK : Verdict.ALLOW,
                    call.tool().approval(),
                    null);
        };
    }

    /// What needs a person's agreement is denied, because nobody can be asked.
    static ToolPolicy unattended() {
        return asking().withoutPeople();
    }

    /// The hash of no rules.
    String NO_RULES = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static PolicyDecision decision(Verdict verdict, Approval level, @Nullable String reason) {
        return new PolicyDecision(
                verdict, level, reason == null ? PolicyDecision.DEFAULT : PolicyDecision.TOOL, NO_RULES, reason, null);
    }
}
