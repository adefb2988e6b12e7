package dev.dwata.gateway.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a caller may do. None includes another.
public enum Scope {
    /// See sessions, their events, and what is stored.
    READ,
    /// Give agents work, stop it, and change sessions and what is stored.
    RUN,
    /// Answer what runs wait for.
    APPROVE,
    /// Change how the gateway works, and delete for good.
    ADMIN,
    /// Carry out tasks for the gateway.
    DAEMON;

    /// For example `read`.
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
