package dev.dwata.types.wire;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An open input request: the fields of its `input_request` event, and where it belongs.
///
/// @param seq the log entry that asked
public record InputView(
        SessionId sessionId,
        RunId runId,
        long seq,
        Instant createdAt,
        InputId requestId,
        InputKind kind,
        String toolCallId,
        String toolName,
        JsonNode arguments,
        @Nullable String reason,
        @Nullable String digest,
        @Nullable Map<String, String> bound,
        @Nullable JsonNode always,
        @Nullable List<InputQuestion> questions,
        @Nullable JsonNode form,
        long timeoutMs,
        Instant expiresAt,
        @Nullable String target) {

    public static InputView of(InputRequest request) {
        InputRequested asked = request.asked();
        return new InputView(
                request.sessionId(),
                request.runId(),
                request.seq(),
                request.createdAt(),
                asked.requestId(),
                asked.kind(),
                asked.toolCallId(),
                asked.toolName(),
                asked.arguments(),
                asked.reason(),
                asked.digest(),
                asked.bound(),
                asked.always(),
                asked.questions(),
                asked.form(),
                asked.timeoutMs(),
                asked.expiresAt(),
                asked.target());
    }

    public InputRequest request(Principal owner) {
        InputRequested asked = new InputRequested(
                requestId,
                kind,
                toolCallId,
                toolName,
                arguments,
                reason,
                digest,
                bound,
                always,
                questions,
                form,
                timeoutMs,
                expiresAt,
                target);
        return new InputRequest(sessionId, runId, owner, asked, seq, createdAt, null);
    }
}
