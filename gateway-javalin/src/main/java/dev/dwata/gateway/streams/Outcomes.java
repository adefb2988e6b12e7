package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamOutcome;
import dev.dwata.agent.store.StreamOutcome.Done;
import dev.dwata.agent.store.StreamOutcome.Gap;
import dev.dwata.agent.store.StreamOutcome.Refused;
import dev.dwata.agent.store.StreamOutcome.StaleEpoch;
import dev.dwata.types.AgentError;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells a client what became of a write.
final class Outcomes {
    private Outcomes() {}

    /// @throws StreamAnswer if it was refused
    static Done done(StreamOutcome outcome) {
        return switch (outcome) {
            case Done done -> done;
            case StaleEpoch stale ->
                throw new StreamAnswer(
                        403,
                        new AgentError.Forbidden("the producer has begun epoch " + stale.current()),
                        Map.of(Headers.PRODUCER_EPOCH, Long.toString(stale.current())));
            case Gap gap ->
                throw new StreamAnswer(
                        409,
                        new AgentError.Conflict(
                                "Producer-Seq %d is expected, not %d".formatted(gap.expected(), gap.received()),
                                Map.of()),
                        Map.of(
                                Headers.EXPECTED_SEQ, Long.toString(gap.expected()),
                                Headers.RECEIVED_SEQ, Long.toString(gap.received())));
            case Refused refused -> throw refusal(refused);
        };
    }

    private static StreamAnswer refusal(Refused refused) {
        String why = refused.message();
        return switch (refused.reason()) {
            case NOT_FOUND -> new StreamAnswer(404, new AgentError.NotFound(why));
            case GONE -> new StreamAnswer(410, new AgentError.NotFound(why));
            case INVALID -> new StreamAnswer(400, new AgentError.InvalidRequest(why));
            case TOO_MANY -> new StreamAnswer(429, new AgentError.RateLimited(why, null));
            case CONFLICT -> new StreamAnswer(409, new AgentError.Conflict(why, Map.of()));
            case CLOSED -> new StreamAnswer(409, new AgentError.Conflict(why, Map.of()), closed(refused.stream()));
        };
    }

    private static Map<String, String> closed(@Nullable StreamInfo stream) {
        return stream == null
                ? Map.of()
                : Map.of(Headers.CLOSED, "true", Headers.NEXT_OFFSET, Offsets.of(stream.tail()));
    }

    static void position(Context context, Done done) {
        context.header(Headers.NEXT_OFFSET, Offsets.of(done.stream().tail()));
        if (done.stream().closed()) {
            context.header(Headers.CLOSED, "true");
        }
        Producer producer = done.producer();
        if (producer != null) {
            context.header(Headers.PRODUCER_EPOCH, Long.toString(producer.epoch()))
                    .header(Headers.PRODUCER_SEQ, Long.toString(producer.seq()));
        }
    }
}
