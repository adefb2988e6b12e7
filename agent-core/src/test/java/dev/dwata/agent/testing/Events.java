package dev.dwata.agent.testing;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Approval;
import dev.dwata.types.CallDecision;
import dev.dwata.types.ClientType;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events to append in tests of stores.
public final class Events {
    public static final TokenUsage USAGE = new TokenUsage(100, 20, 60, 0.25);
    public static final Instant SAID_AT = Instant.parse("2026-03-01T12:00:00.123Z");

    private Events() {}

    public static MessageReceived message(String text) {
        return message(text, SAID_AT);
    }

    public static MessageReceived message(String text, Instant at) {
        return new MessageReceived(MessageId.create(), Role.USER, text, at, ClientType.CLI, "laptop", null);
    }

    public static Token token(String text) {
        return new Token(text, 1);
    }

    public static TurnCompleted answer(int turn, String text) {
        return turn(turn, new Part.Text(text));
    }

    public static TurnCompleted turn(int turn, Part... parts) {
        return new TurnCompleted(
                turn, MessageId.create(), List.of(parts), USAGE, StopReason.END_TURN, "offline/offline");
    }

    /// @param firstKept absent: nothing is
    public static ContextCompacted compacted(String summary, @Nullable MessageId firstKept) {
        return new ContextCompacted(
                MessageId.create(),
                summary,
                firstKept,
                9_000,
                1_000,
                List.of("a.txt"),
                List.of("b.txt"),
                List.of("write c.txt"),
                USAGE,
                "offline/small");
    }

    public static ToolCalled called(String id) {
        return new ToolCalled(id, "filesystem.read", Json.MAPPER.readTree("{\"path\":\"a.txt\"}"), Approval.AUTO);
    }

    public static ToolReturned returned(String id) {
        return new ToolReturned(
                id, "filesystem.read", true, Json.MAPPER.readTree("{\"success\":true,\"content\":\"A\"}"), null, 12);
    }

    public static ToolReturned failed(String id) {
        return new ToolReturned(
                id,
                "filesystem.read",
                false,
                Json.MAPPER.readTree("{\"success\":false,\"error\":\"no such file\"}"),
                "no such file",
                3);
    }

    public static ToolReturned denied(String id) {
        return new ToolReturned(
                id,
                "filesystem.read",
                false,
                Json.MAPPER.readTree("{\"success\":false,\"error\":\"not allowed\",\"denied\":true}"),
                "not allowed",
                0);
    }

    public static RunCompleted completed(String text) {
        return new RunCompleted(MessageId.create(), text, 120, USAGE, StopReason.END_TURN, 1);
    }

    public static RunCancelled cancelled() {
        return new RunCancelled("The run was cancelled.", "no longer needed");
    }

    public static RunFailed failed() {
        return new RunFailed(new AgentError.LimitReached("30 turns are over", "maxTurns", 30));
    }

    /// Of a call that the rules have decided about.
    public static ToolCalled decided(String id, CallDecision.Verdict verdict) {
        return new ToolCalled(
                id,
                "filesystem.write",
                Json.MAPPER.readTree("{\"path\":\"a.txt\"}"),
                Approval.CONFIRM,
                new CallDecision(verdict, "default", "p".repeat(64), "d".repeat(64)));
    }

    /// @param toolCallId a call of [#decided]
    public static InputRequested asks(String toolCallId) {
        return asks(toolCallId, InputKind.APPROVAL);
    }

    public static InputRequested asks(String toolCallId, InputKind kind) {
        return new InputRequested(
                InputId.create(),
                kind,
                toolCallId,
                "filesystem.write",
                Json.MAPPER.readTree("{\"path\":\"a.txt\"}"),
                "it writes",
                "d".repeat(64),
                Map.of("path", "/home/ada/a.txt#17"),
                null,
                null,
                null,
                300_000,
                SAID_AT.plusSeconds(300),
                null);
    }

    /// @param by absent: nobody
    public static InputResolved resolved(InputId request, InputDecision decision, @Nullable String by) {
        return new InputResolved(request, decision, by, null, null, null, null);
    }
}
