package dev.dwata.agent.store;

import dev.dwata.agent.store.Projection.ToolEnded;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AuditEntry;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the audit says of an entry of the log, and how its lines are chained; the same in every store.
public final class AuditChain {
    private AuditChain() {}

    /// A line without its number, its time and its hash.
    public record Line(
            RunId run,
            String toolCallId,
            String toolName,
            String what,
            @Nullable String rule,
            @Nullable String policy,
            @Nullable String digest,
            String principal,
            @Nullable String reason,
            @Nullable Long executionTimeMs) {}

    /// What the rules have said.
    public static Line decided(RunId run, Principal owner, String call, String tool, CallDecision decision) {
        return new Line(
                run,
                call,
                tool,
                decision.verdict().wireName(),
                decision.rule(),
                decision.policy(),
                decision.digest(),
                owner.id(),
                null,
                null);
    }

    /// What somebody has answered, or nobody.
    ///
    /// @return absent where it was not asked whether a call may happen
    public static @Nullable Line resolved(InputRequest request, InputResolved resolution) {
        if (request.asked().kind() != InputKind.APPROVAL) {
            return null;
        }
        String by = resolution.by() == null ? request.owner().id() : resolution.by();
        return new Line(
                request.runId(),
                request.asked().toolCallId(),
                request.asked().toolName(),
                resolution.decision().wireName(),
                null,
                null,
                request.asked().digest(),
                by,
                resolution.reason(),
                null);
    }

    public static Line begun(RunId run, Principal owner, String call, String tool) {
        return new Line(run, call, tool, "started", null, null, null, owner.id(), null, null);
    }

    /// What came of a call.
    public static Line ended(RunId run, Principal owner, ToolEnded ended) {
        return new Line(
                run,
                ended.toolCallId(),
                ended.toolName(),
                ended.status().wireName(),
                null,
                null,
                null,
                owner.id(),
                ended.error(),
                ended.executionTimeMs());
    }

    /// The line as an entry.
    ///
    /// @param number the one after the latest
    /// @param before the hash of the latest; absent where there is none
    public static AuditEntry chained(long number, @Nullable String before, Envelope entry, Line line) {
        return rechained(
                before,
                new AuditEntry(
                        number,
                        entry.time(),
                        entry.sessionId(),
                        line.run(),
                        line.toolCallId(),
                        line.toolName(),
                        line.what(),
                        line.rule(),
                        line.policy(),
                        line.digest(),
                        line.principal(),
                        line.reason(),
                        line.executionTimeMs(),
                        null));
    }

    /// Whether an entry is as it was written, after the one before it.
    ///
    /// @param before its hash; absent where it had none
    public static boolean isIntact(@Nullable String before, AuditEntry entry) {
        return Objects.equals(entry.hash(), hash(before, entry));
    }

    /// An entry with the hash that it has after the one before it, whatever it had.
    ///
    /// @param before the hash of that; absent where it has none
    public static AuditEntry rechained(@Nullable String before, AuditEntry entry) {
        return entry.withHash(hash(before, entry));
    }

    /// Each field with its length before it, so that no two entries are written alike.
    private static String hash(@Nullable String before, AuditEntry e) {
        StringBuilder text = new StringBuilder(512);
        add(text, before);
        add(text, e.number());
        add(text, e.time().toEpochMilli());
        add(text, e.sessionId());
        add(text, e.runId());
        add(text, e.toolCallId());
        add(text, e.toolName());
        add(text, e.what());
        add(text, e.rule());
        add(text, e.policy());
        add(text, e.digest());
        add(text, e.principal());
        add(text, e.reason());
        add(text, e.executionTimeMs());
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void add(StringBuilder text, @Nullable Object field) {
        if (field == null) {
            text.append("-;");
        } else {
            String value = field.toString();
            text.append(value.length()).append(':').append(value).append(';');
        }
    }
}
