package dev.dwata.agent;

import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.policy.CallDigest;
import dev.dwata.agent.policy.PolicyDecision;
import dev.dwata.agent.policy.ProposedCall;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.CallDecision;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether the calls of a run may happen: what the tool, the policy and, where they are asked, people say. An
/// agreement holds for exactly what was shown: where that has changed meanwhile, it is asked again.
final class Consent {
    private static final int MOST_QUESTIONS = 3;

    private final Terms terms;
    private final Supplier<ProposedCall.Origin> origin;
    private final RunInputs inputs;

    /// @param patience how long a person is waited for
    record Terms(ToolPolicy policy, CallDigest digest, Duration patience) {}

    Consent(Terms terms, Supplier<ProposedCall.Origin> origin, RunInputs inputs) {
        this.terms = terms;
        this.origin = origin;
        this.inputs = inputs;
    }

    /// A call with what is thought of it.
    record Proposal(Part.ToolCall call, Tool tool, CallReview review, PolicyDecision decision, String digest) {
        CallDecision forTheLog() {
            return new CallDecision(decision.verdict(), decision.rule(), decision.policy(), digest);
        }
    }

    /// What came of asking.
    sealed interface Answer {}

    /// @param asked  whether somebody was asked
    /// @param edited whether it is to be called with other arguments than the model gave
    record Agreed(JsonNode arguments, boolean asked, boolean edited) implements Answer {}

    record Refused(ToolOutcome outcome) implements Answer {}

    /// @throws Exception if the tool cannot tell what the call would do
    Proposal propose(Part.ToolCall call, Tool tool, ToolContext context) throws Exception {
        CallReview review = tool.review(call.arguments(), context);
        ProposedCall proposed = new ProposedCall(tool.spec(), call.arguments(), review, origin.get());
        PolicyDecision decision = terms.policy().decide(proposed);
        return new Proposal(call, tool, review, decision, terms.digest().of(proposed, decision.policy()));
    }

    /// @return whether the call may happen now
    /// @throws InterruptedException if cancelled while it waited
    Answer agree(Proposal proposal, ToolContext context) throws Exception {
        String id = proposal.call().id();
        if (proposal.decision().verdict() == Verdict.DENY) {
            inputs.withdraw(id, "it is not allowed any more");
            return new Refused(denied(proposal));
        }
        boolean askedBefore = inputs.before().firstKind(id) == InputKind.APPROVAL;
        return proposal.decision().verdict() == Verdict.ALLOW && !askedBefore
                ? new Agreed(proposal.call().arguments(), false, false)
                : ask(proposal, context);
    }

    private static ToolOutcome denied(Proposal proposal) {
        String reason = proposal.decision().reason();
        return new ToolOutcome.Denied(
                reason == null ? "the rule '" + proposal.decision().rule() + "' does not allow it" : reason);
    }

    private Answer ask(Proposal first, ToolContext context) throws Exception {
        Proposal shown = first;
        String reason = first.decision().reason();
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            RunInputs.Answered answered = ask(shown, reason, context);
            InputResolved said = answered.resolution();
            if (!said.decision().allows()) {
                return new Refused(refusal(shown, said));
            }
            boolean edited = said.arguments() != null;
            Proposal now = propose(with(first.call(), said.arguments()), first.tool(), context);
            if (now.decision().verdict() == Verdict.DENY) {
                return new Refused(denied(now));
            }
            if (edited || now.digest().equals(answered.request().digest())) {
                return new Agreed(now.call().arguments(), true, edited);
            }
            shown = now;
            reason = "what it would act on has changed since it was allowed";
        }
        return new Refused(new ToolOutcome.Denied("what it would act on changed each time it was allowed"));
    }

    private static Part.ToolCall with(Part.ToolCall call, @Nullable JsonNode arguments) {
        return arguments == null ? call : new Part.ToolCall(call.id(), call.name(), arguments);
    }

    private RunInputs.Answered ask(Proposal shown, @Nullable String reason, ToolContext context)
            throws InterruptedException {
        try (Scope waiting = context.scope().awaitInput(InputKind.APPROVAL.wireName())) {
            RunInputs.Answered answered =
                    inputs.ask(shown.call().id(), terms.patience(), expiry -> request(shown, reason, expiry));
            waiting.end(new Outcome.Done());
            return answered;
        }
    }

    private InputRequested request(Proposal shown, @Nullable String reason, Instant expiry) {
        return new InputRequested(
                InputId.create(),
                InputKind.APPROVAL,
                shown.call().id(),
                shown.call().name(),
                shown.call().arguments(),
                reason,
                shown.digest(),
                shown.review().bound(),
                shown.decision().always() == null
                        ? null
                        : Json.MAPPER.valueToTree(shown.decision().always()),
                null,
                null,
                terms.patience().toMillis(),
                expiry,
                null);
    }

    private static ToolOutcome refusal(Proposal shown, InputResolved said) {
        String tool = shown.call().name();
        String why = Objects.requireNonNullElse(said.reason(), "no reason was given");
        return new ToolOutcome.Denied(
                said.decision() == InputDecision.REJECT
                        ? "the user did not allow " + tool + ": " + why
                        : tool + " was not allowed: " + why);
    }
}
