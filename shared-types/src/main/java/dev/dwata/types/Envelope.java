package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event with what identifies it.
///
/// @param seq      the number of this entry in its session's log: 1, 2, 3 … without a gap; 0 for an
///                 [AgentEvent.Live] event, which is not part of the log
/// @param time     when it was appended, to the millisecond
/// @param runId    absent for events that belong to no run
/// @param firstSeq where the entries that this one was merged from began: it stands for `firstSeq` to `seq`;
///                 the same as `seq` for every other
public record Envelope(
        SessionId sessionId,
        long seq,
        Instant time,
        @Nullable RunId runId,
        AgentEvent event,
        long firstSeq) {
    public Envelope {
        if (seq < 0) {
            throw new IllegalArgumentException("seq is not negative");
        }
        if (firstSeq > seq || firstSeq < Math.min(seq, 1)) {
            throw new IllegalArgumentException("firstSeq must be 1 to seq, " + seq + ", not " + firstSeq);
        }
    }

    /// One that was not merged.
    public Envelope(SessionId sessionId, long seq, Instant time, @Nullable RunId runId, AgentEvent event) {
        this(sessionId, seq, time, runId, event, seq);
    }

    public boolean merged() {
        return firstSeq < seq;
    }

    /// Whether this is the entry that comes after `lastSeq`.
    public boolean follows(long lastSeq) {
        return seq > 0 && firstSeq == lastSeq + 1;
    }

    /// Whether `lastSeq` lies inside this entry: who has everything up to it has part of what is in here, and
    /// cannot be given the rest alone.
    public boolean splitBy(long lastSeq) {
        return firstSeq <= lastSeq && lastSeq < seq;
    }
}
