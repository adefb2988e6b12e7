package dev.dwata.agent.testing;

import dev.dwata.agent.store.Audit;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.Principal;
import java.util.List;
import java.util.function.Predicate;

final class InMemoryAudit implements Audit {
    private final StoredState state;

    InMemoryAudit(StoredState state) {
        this.state = state;
    }

    @Override
    public List<AuditEntry> of(Principal owner, String toolCallId) {
        return list(owner, entry -> entry.toolCallId().equals(toolCallId));
    }

    @Override
    public List<AuditEntry> latest(Principal owner, int limit) {
        return list(owner, entry -> true).reversed().stream().limit(limit).toList();
    }

    private List<AuditEntry> list(Principal owner, Predicate<AuditEntry> which) {
        return state.locked(() -> state.decisions.audit.stream()
                .filter(kept -> kept.owner().equals(owner))
                .map(InMemoryDecisions.Kept::entry)
                .filter(which)
                .toList());
    }
}
