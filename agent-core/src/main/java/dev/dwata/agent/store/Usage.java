package dev.dwata.agent.store;

import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.time.LocalDate;
import java.util.List;

/// What models were used, for people to see.
public interface Usage {

    /// By day and model. Sessions that were deleted count, too.
    ///
    /// @param from the first day, in UTC
    /// @param to   the last day
    /// @return the latest day first, the models of a day by name
    List<OfDay> days(Principal owner, LocalDate from, LocalDate to);

    /// By session, of runs that were asked for in those days; those that work for others count for the session
    /// at the beginning.
    ///
    /// @param limit at least 1
    /// @return the session that used most tokens first
    List<OfSession> sessions(Principal owner, LocalDate from, LocalDate to, int limit);

    /// Of one session: all its runs, and those that work for them.
    TokenUsage of(SessionId session);

    /// @param calls of the model
    record OfDay(LocalDate day, String model, long calls, TokenUsage usage) {}

    /// @param runs that people asked for
    record OfSession(SessionId session, String title, long runs, TokenUsage usage) {}
}
