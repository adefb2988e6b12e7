package dev.dwata.agent.policy;

import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.PolicyRule.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides by rules. The first of these that has something to say counts:
///
///     the tool denies it           denied
///     a rule `deny`                denied
///     the tool has a doubt         asked
///     a rule `ask`                 asked
///     a rule about commands, and what will run cannot be told    asked
///     a rule `allow`               allowed; those of the configuration, then those of answers "always"
///     others' words in the session, and it sends or changes      asked
///     the workspace is trusted     allowed: files in it are written, edited and moved
///     the tool's level             asked for `confirm`, else allowed
///
/// Rules of answers only ever allow, and are looked up at each call, so that one which is revoked ends at once,
/// in whatever process.
public final class RulePolicy implements ToolPolicy {
    private static final Set<String> IN_A_TRUSTED_WORKSPACE =
            Set.of("filesystem.write", "filesystem.edit", "filesystem.move");

    private final PolicySettings settings;
    private final PolicyRules learnt;
    private final String folder;
    private final BooleanSupplier trusted;
    private final String hash;

    /// @param learnt the rules that answers have made
    /// @param folder the real path of the workspace, which is not trusted
    public RulePolicy(PolicySettings settings, PolicyRules learnt, String folder) {
        this(settings, learnt, folder, () -> false);
    }

    /// @param learnt  the rules that answers have made
    /// @param folder  the real path of the workspace
    /// @param trusted whether a person trusts it, asked at each call
    public RulePolicy(PolicySettings settings, PolicyRules learnt, String folder, BooleanSupplier trusted) {
        this.settings = settings;
        this.learnt = learnt;
        this.folder = folder;
        this.trusted = trusted;
        this.hash = settings.hash();
    }

    /// SHA-256 of the configured rules and settings, in hexadecimal.
    public String hash() {
        return hash;
    }

    @Override
    public PolicyDecision decide(ProposedCall call) {
        RuleMatch match = new RuleMatch(call, folder);
        PolicyDecision decision = withheld(call, match).orElseGet(() -> granted(call, match));
        return settings.asksNobody() ? decision.unattended(call.tool().name()) : decision;
    }

    /// What no rule of consent can change.
    private Optional<PolicyDecision> withheld(ProposedCall call, RuleMatch match) {
        CallReview review = call.review();
        if (review.denial() != null) {
            return Optional.of(decision(call, Verdict.DENY, PolicyDecision.TOOL, review.denial()));
        }
        Optional<PolicyRule> denying = first(settings.rules(), Effect.DENY, match);
        if (denying.isPresent()) {
            return denying.map(
                    rule -> decision(call, Verdict.DENY, rule.id(), "the rule '" + rule.id() + "' does not allow it"));
        }
        if (review.caution() != null) {
            return Optional.of(decision(call, Verdict.ASK, PolicyDecision.TOOL, review.caution()));
        }
        return first(settings.rules(), Effect.ASK, match)
                .map(rule -> decision(
                        call,
                        Verdict.ASK,
                        rule.id(),
                        "the rule '" + rule.id() + "' has a person agree to it each time"))
                .or(() -> unclear(call, match));
    }

    /// What hides its command from a rule that could be about it gains nothing by that.
    private Optional<PolicyDecision> unclear(ProposedCall call, RuleMatch match) {
        return settings.rules().stream()
                .filter(rule -> rule.effect() != Effect.ALLOW && match.mayBeAbout(rule))
                .findFirst()
                .map(rule -> decision(
                        call,
                        Verdict.ASK,
                        rule.id(),
                        "what it would run cannot be told, and the rule '" + rule.id() + "' is about commands"));
    }

    private PolicyDecision granted(ProposedCall call, RuleMatch match) {
        Optional<PolicyRule> allowing = first(settings.rules(), Effect.ALLOW, match);
        boolean byTrust = IN_A_TRUSTED_WORKSPACE.contains(call.tool().name()) && trusted.getAsBoolean();
        boolean byLevel = byTrust
                || settings.approvals() == ApprovalMode.AUTO
                || call.tool().approval() != Approval.CONFIRM;
        String doubt = byLevel ? doubt(call) : null;
        if (allowing.isEmpty() && (!byLevel || doubt != null)) {
            allowing = first(learnt.list(call.origin().owner()), Effect.ALLOW, match);
        }
        if (allowing.isPresent()) {
            return decision(call, Verdict.ALLOW, allowing.get().id(), null);
        }
        if (byLevel && doubt == null) {
            return decision(call, Verdict.ALLOW, byTrust ? PolicyDecision.TRUST : PolicyDecision.DEFAULT, null);
        }
        return new PolicyDecision(Verdict.ASK, Approval.CONFIRM, PolicyDecision.DEFAULT, hash, doubt, always(call));
    }

    /// Why what the level allows is asked all the same.
    private static @Nullable String doubt(ProposedCall call) {
        if (!call.origin().tainted()) {
            return null;
        }
        String others = "this session holds what others have written, and "
                + call.tool().name();
        if (call.tool().has(ToolTrait.EGRESS)) {
            return others + " sends something out";
        }
        return call.tool().has(ToolTrait.WRITE) ? others + " changes something that stays" : null;
    }

    private static Optional<PolicyRule> first(List<PolicyRule> rules, Effect effect, RuleMatch match) {
        Stream<PolicyRule> saying = rules.stream().filter(rule -> rule.effect() == effect);
        return saying.filter(match::isAbout).findFirst();
    }

    private PolicyDecision decision(ProposedCall call, Verdict verdict, String rule, @Nullable String reason) {
        Approval own = call.tool().approval();
        Approval level = verdict == Verdict.ASK ? Approval.CONFIRM : own;
        return new PolicyDecision(verdict, level, rule, hash, reason, null);
    }

    /// The narrowest rule that allows exactly this.
    private @Nullable PolicyRule always(ProposedCall call) {
        Map<String, String> limits = call.review().always();
        List<String> argv = call.review().argv();
        boolean provesNothing =
                argv != null && (argv.isEmpty() || argv.getLast().equals(RuleMatch.ANY_FURTHER));
        if (limits == null || provesNothing) {
            return null;
        }
        Map<String, String> exactly = new LinkedHashMap<>();
        limits.forEach((name, value) -> exactly.put(name, Wildcard.literal(value)));
        ProposedCall.Origin origin = call.origin();
        return new PolicyRule(
                "always",
                Effect.ALLOW,
                call.tool().name(),
                exactly,
                argv,
                folder,
                origin.agent(),
                origin.session().value(),
                origin.owner().id(),
                null);
    }
}
