package dev.dwata.agent;

import java.util.Locale;

/// What becomes of a run that was cut off by the end of its process.
public enum ResumeMode {
    /// It goes on from its last durable step, by itself.
    AUTO,
    /// It stays `interrupted` until somebody has it resumed; later runs of its session do not wait for it.
    MANUAL;

    /// As it is written on a command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
