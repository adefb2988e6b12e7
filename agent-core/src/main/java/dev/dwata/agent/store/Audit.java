package dev.dwata.agent.store;

import dev.dwata.types.AuditEntry;
import dev.dwata.types.Principal;
import java.util.List;

/// What was decided about tool calls, by which rule and by whom, and what came of them. Entries follow from the
/// log, in the transaction of what they tell of; each holds a hash over itself and the one before, so that a
/// change of an old one shows.
public interface Audit {

    /// Of a tool call, oldest first; several runs may have had calls of one id.
    List<AuditEntry> of(Principal owner, String toolCallId);

    /// The latest, newest first.
    ///
    /// @param limit at least 1
    List<AuditEntry> latest(Principal owner, int limit);
}
