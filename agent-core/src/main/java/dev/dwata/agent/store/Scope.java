package dev.dwata.agent.store;

import java.util.Locale;

/// For what a budget counts.
public enum Scope {
    /// A run that people asked for, together with all that work for it.
    RUN,
    /// The session of such a run.
    SESSION,
    /// Whoever owns them.
    OWNER,
    /// An owner on one day, in UTC.
    DAY;

    /// As in settings, errors and tables.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
