package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the audit: what was decided about a tool call, or what came of it.
///
/// @param number    1, 2, 3 … over all sessions
/// @param what      `allow`, `ask` or `deny` by the rules; `approve`, `edit`, `always`, `reject`, `expired` or
///                  `cancelled` by who was asked; `started`; `completed`, `failed`, `cancelled` or `rejected` at
///                  the end
/// @param rule      the rule that decided; absent where none did
/// @param policy    SHA-256 of the rules in force; absent where they had no say
/// @param digest    SHA-256 of what the decision is bound to: see [CallDecision]; absent where nothing was
///                  decided
/// @param principal who decided, or on whose behalf
/// @param reason    as it was given; absent where nothing was said
/// @param hash      SHA-256 over this entry and the hash of the one before, in hexadecimal; absent for
///                  entries of versions that had none
public record AuditEntry(
        long number,
        Instant time,
        SessionId sessionId,
        RunId runId,
        String toolCallId,
        String toolName,
        String what,
        @Nullable String rule,
        @Nullable String policy,
        @Nullable String digest,
        String principal,
        @Nullable String reason,
        @Nullable Long executionTimeMs,
        @Nullable String hash) {

    public AuditEntry withHash(@Nullable String other) {
        return new AuditEntry(
                number,
                time,
                sessionId,
                runId,
                toolCallId,
                toolName,
                what,
                rule,
                policy,
                digest,
                principal,
                reason,
                executionTimeMs,
                other);
    }
}
