package dev.dwata.agent.store;

import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import java.util.List;

/// The rules that answers of `always` have made. They come with an
/// [InputResolved][dev.dwata.types.AgentEvent.InputResolved] that carries one.
public interface PolicyRules {

    /// Those in force, oldest first.
    List<PolicyRule> list(Principal owner);

    /// Ends a rule.
    ///
    /// @throws dev.dwata.types.AgentException with `NotFound` if the owner has none of this id
    void revoke(Principal owner, String id);
}
