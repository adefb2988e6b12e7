package dev.dwata.types.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.dwata.types.AgentError;
import dev.dwata.types.ErrorPayload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One text message of the WebSocket protocol.
///
///     client: Req(connect) Req*        gateway: Res | Event, in any order; one Res for each Req
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Frame {

    /// A client asks.
    ///
    /// @param id     chosen by the client; its response carries the same
    /// @param params an object; absent where the method needs none
    @JsonTypeName("req")
    record Req(String id, String method, @Nullable JsonNode params) implements Frame {}

    /// The gateway answers.
    ///
    /// @param id           the request's; absent where the request was unreadable
    /// @param payload      present when `ok`
    /// @param error        one sentence, present when not `ok`
    /// @param code         the name of an [dev.dwata.types.ErrorCode], present when not `ok`
    /// @param retryAfterMs milliseconds; absent where not known
    @JsonTypeName("res")
    record Res(
            @Nullable String id,
            boolean ok,
            @Nullable JsonNode payload,
            @Nullable String error,
            @Nullable String code,
            @Nullable Boolean retryable,
            @Nullable Long retryAfterMs,
            @Nullable JsonNode details)
            implements Frame {

        /// The error of a response that is not `ok`.
        public AgentError toError() {
            return new ErrorPayload(
                            error == null ? "the gateway gave no reason" : error,
                            code == null ? "INTERNAL" : code,
                            Boolean.TRUE.equals(retryable),
                            retryAfterMs,
                            false,
                            details == null ? null : Details.map(details))
                    .toError();
        }
    }

    /// The gateway tells.
    ///
    /// @param payload an object; `sessionId` and `runId` are in it where they apply
    /// @param seq     the entry of the session's log; absent for what is not part of a log
    /// @param time    when the event was appended to the log; absent for what is not part of a log
    /// @param firstSeq for an entry that several were merged into, the number of the first; absent for all
    ///                 others
    @JsonTypeName("event")
    record Event(
            String event,
            JsonNode payload,
            @Nullable Long seq,
            @Nullable Instant time,
            @Nullable Long firstSeq) implements Frame {}
}
