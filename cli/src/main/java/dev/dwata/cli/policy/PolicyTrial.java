package dev.dwata.cli.policy;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.policy.PolicyDecision;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.agent.policy.ProposedCall;
import dev.dwata.agent.policy.ProposedCall.Origin;
import dev.dwata.agent.policy.RulePolicy;
import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Has the policy decide about cases, as it would about calls; nothing is called.
public final class PolicyTrial {
    private final Parts parts;

    /// What decides.
    ///
    /// @param tools     those that are known; any other is asked about, and trusted with nothing
    /// @param workspace its real path
    /// @param trusted   whether a person trusts the folder with this real path
    public record Parts(
            PolicySettings settings,
            PolicyRules learnt,
            ToolRegistry tools,
            Agents agents,
            String workspace,
            Predicate<String> trusted) {}

    public PolicyTrial(Parts parts) {
        this.parts = parts;
    }

    /// @return what is not as expected, one sentence; absent: nothing
    /// @throws AgentException       if there is no such agent
    /// @throws InterruptedException if cancelled while a tool looked at the call
    public @Nullable String problem(PolicyCase given) throws InterruptedException {
        PolicyDecision decision = decide(given);
        boolean fits = decision.verdict() == given.expect()
                && (given.rule() == null || given.rule().equals(decision.rule()));
        return fits
                ? null
                : "expected " + expectation(given) + ", but it is "
                        + decision.verdict().wireName() + " by " + decision.rule()
                        + (decision.reason() == null ? "" : ": " + decision.reason());
    }

    private static String expectation(PolicyCase given) {
        return given.expect().wireName() + (given.rule() == null ? "" : " by " + given.rule());
    }

    private PolicyDecision decide(PolicyCase given) throws InterruptedException {
        AgentDefinition agent = parts.agents().find(given.agent() == null ? Agents.DEFAULT : given.agent());
        Origin origin = new Origin(
                given.owner() == null ? Principal.LOCAL : given.owner(),
                given.session() == null ? SessionId.create() : given.session(),
                RunId.create(),
                agent.name(),
                given.tainted());
        Optional<Tool> tool = parts.tools().find(given.tool());
        ToolSpec spec = tool.isPresent() ? tool.get().spec() : unknown(given.tool());
        CallReview review = given.argv() != null || tool.isEmpty()
                ? CallReview.PLAIN.withArgv(given.argv())
                : review(tool.get(), given, origin);
        String folder = given.folder() == null ? parts.workspace() : given.folder();
        return new RulePolicy(
                        parts.settings(),
                        parts.learnt(),
                        folder,
                        () -> parts.trusted().test(folder))
                .decide(new ProposedCall(spec.withApproval(agent.approval(spec)), given.arguments(), review, origin));
    }

    /// What is not there cannot be looked at, and rules may be about it all the same.
    private static CallReview review(Tool tool, PolicyCase given, Origin origin) throws InterruptedException {
        try {
            return tool.review(given.arguments(), context(origin));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return CallReview.PLAIN;
        }
    }

    private static ToolContext context(Origin origin) {
        return new ToolContext(
                origin.owner(), origin.session(), origin.run(), "policy-test", (progress, message) -> {});
    }

    private static ToolSpec unknown(String name) {
        return new ToolSpec(
                name, "", Json.MAPPER.createObjectNode(), Effect.ONCE, Approval.CONFIRM, Set.of(ToolTrait.values()));
    }
}
