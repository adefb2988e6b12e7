package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import java.util.List;
import java.util.Map;

/// What was used, and what is set aside before it is used, so that many runs at once keep to one budget.
///
///     reserve, then the call, then its entry in the log, which settles it: in one step, the amount that was
///     set aside is free again and what the entry tells is spent
///
/// Spent are the tokens and the cost of each turn and compaction, tool calls when they are announced (less
/// those that were denied), and the time for which runs that people asked for were carried out, whenever
/// they stop or wait for people. It all counts for the run at the beginning
/// ([dev.dwata.types.RunInfo#rootRunId]), its session, its owner, and its owner's day. What was set aside
/// by a process that is gone counts as spent from when its run is adopted: it may have been used.
public interface Budgets {

    /// Sets an amount aside for a call that is about to begin, unless it goes, with what is spent and what is
    /// set aside already, over one of the ceilings. There is one for each call of a run at most: a model call
    /// whose entry never came counts as spent when the next begins.
    ///
    /// @param call the id of a tool call; empty for a model call
    /// @throws AgentException with `NotFound` if there is no such run
    Reservation reserve(RunId run, String call, Amount amount, List<Ceiling> ceilings);

    /// Settles a call that has no entry: it failed, or was never begun.
    ///
    /// @param spent what it used all the same
    void settle(RunId run, String call, Amount spent);

    /// How it stands with each scope that a run belongs to, at this moment.
    ///
    /// @throws AgentException with `NotFound` if there is no such run
    Map<Scope, Balance> balances(RunId run);
}
