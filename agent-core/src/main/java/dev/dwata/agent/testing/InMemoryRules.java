package dev.dwata.agent.testing;

import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.Principal;
import java.util.List;

final class InMemoryRules implements PolicyRules {
    private final StoredState state;

    InMemoryRules(StoredState state) {
        this.state = state;
    }

    @Override
    public List<PolicyRule> list(Principal owner) {
        return state.locked(() -> state.decisions.rules.values().stream()
                .filter(rule -> owner.id().equals(rule.owner()))
                .toList());
    }

    @Override
    public void revoke(Principal owner, String id) {
        state.locked(() -> {
            PolicyRule rule = state.decisions.rules.get(id);
            if (rule == null || !owner.id().equals(rule.owner())) {
                throw Refusal.noRule(id);
            }
            return state.decisions.rules.remove(id);
        });
    }
}
