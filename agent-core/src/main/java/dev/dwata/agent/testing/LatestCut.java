package dev.dwata.agent.testing;

import dev.dwata.agent.store.Summary;
import dev.dwata.agent.store.Transcript;
import dev.dwata.types.RunId;
import dev.dwata.types.StoredMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The latest compaction of a session: what a model is shown instead of the beginning.
final class LatestCut {
    private @Nullable Summary summary;
    private long keptRunSeq;
    private long keptSeq;

    /// @param kept     the first message that stays, or the entry of the compaction where none does
    /// @param admitted when its run was admitted; absent where it is of none
    void cut(@Nullable Summary instead, long kept, @Nullable Long admitted) {
        summary = instead;
        keptSeq = kept;
        keptRunSeq = admitted == null ? kept : admitted;
    }

    /// @param admitted when each run was
    Transcript transcript(List<StoredMessage> messages, Map<RunId, Long> admitted) {
        ToLongFunction<StoredMessage> place = message ->
                message.runId() == null ? message.seq() : Objects.requireNonNull(admitted.get(message.runId()));
        return new Transcript(
                summary,
                messages.stream()
                        .filter(message -> isKept(message, place.applyAsLong(message)))
                        .sorted(Comparator.comparingLong(place).thenComparingLong(StoredMessage::seq))
                        .toList());
    }

    private boolean isKept(StoredMessage message, long place) {
        return message.seq() >= keptSeq
                ? place >= keptRunSeq || message.runId() == null
                : place > keptRunSeq && message.runId() != null;
    }
}
