package dev.dwata.agent.store;

import dev.dwata.agent.store.StreamOutcome.Done;
import dev.dwata.agent.store.StreamOutcome.Reason;
import dev.dwata.agent.store.StreamOutcome.Refused;
import dev.dwata.agent.store.Streams.Chunk;
import dev.dwata.agent.store.Streams.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of streams, the same in every store: what is appended, refused, forked, and taken away. Used
/// within one transaction; what is refused has changed nothing.
public final class StreamBook {
    private static final Duration SILENT = Duration.ofDays(7);

    private final StreamRows rows;
    private final Instant now;

    /// @param now one time for all of it
    public StreamBook(StreamRows rows, Instant now) {
        this.rows = rows;
        this.now = now;
    }

    /// As [Streams#create].
    public StreamOutcome create(Name name, StreamConfig config, StreamAppend first) {
        StreamInfo found = settled(name);
        if (found != null) {
            return again(found, config);
        }
        if (rows.count(name.owner()) >= Streams.MOST_STREAMS) {
            return refuse(Reason.TOO_MANY, "there may be " + Streams.MOST_STREAMS + " streams", null);
        }
        StreamForks.Begin begin = new StreamForks(rows, this::settled).begin(name, config);
        if (begin.refusal() != null) {
            return begin.refusal();
        }
        if (first.problem() != null) {
            return refuse(Reason.INVALID, first.problem(), null);
        }
        StreamInfo made = begin.stream().usedAt(now);
        made = made.withId(rows.add(made));
        made = written(written(made, begin.extra()), first.content());
        rows.update(config.closed() ? made.closedBy(null) : made);
        return new Done(config.closed() ? made.closedBy(null) : made, true, null);
    }

    private static StreamOutcome again(StreamInfo found, StreamConfig wanted) {
        if (found.deleted()) {
            return refuse(Reason.CONFLICT, "this stream was deleted, and there are forks of it still", found);
        }
        return StreamForks.isSame(found, wanted)
                ? new Done(found, false, null)
                : refuse(Reason.CONFLICT, "there is such a stream, and it was made otherwise", found);
    }

    /// As [Streams#append].
    public StreamOutcome append(Name name, StreamAppend append) {
        StreamInfo stream = settled(name);
        if (stream == null) {
            return refuse(Reason.NOT_FOUND, "there is no stream " + name.path(), null);
        }
        if (stream.deleted()) {
            return refuse(Reason.GONE, "the stream " + name.path() + " was deleted", stream);
        }
        StreamOutcome outcome = stream.closed() ? toClosed(stream, append) : refusal(stream, append);
        if (outcome != null) {
            return outcome;
        }
        StreamInfo after = written(stream, append.content()).usedAt(now);
        if (append.order() != null) {
            after = after.withOrder(append.order());
        }
        if (append.close()) {
            after = after.closedBy(append.producer());
        }
        if (append.producer() != null) {
            rows.put(stream.id(), append.producer(), now);
        }
        rows.update(after);
        return new Done(after, true, append.producer());
    }

    /// Only what closed it may be repeated.
    private StreamOutcome toClosed(StreamInfo stream, StreamAppend append) {
        StreamAppend.Producer producer = append.producer();
        boolean onlyClosing = append.close() && append.content().length == 0;
        if (producer == null ? onlyClosing : producer.equals(stream.closedBy())) {
            StreamInfo used = stream.usedAt(now);
            rows.update(used);
            return new Done(used, false, producer);
        }
        StreamAppend.Producer known = producer == null ? null : rows.producer(stream.id(), producer.id());
        if (producer != null && known != null && producer.epoch() < known.epoch()) {
            return new StreamOutcome.StaleEpoch(known.epoch());
        }
        return refuse(Reason.CLOSED, "the stream is closed", stream);
    }

    private @Nullable StreamOutcome refusal(StreamInfo stream, StreamAppend append) {
        boolean onlyClosing = append.close() && append.content().length == 0 && append.problem() == null;
        if (!onlyClosing
                && !StreamConfig.mediaType(append.contentType()).equals(StreamConfig.mediaType(stream.contentType()))) {
            return refuse(Reason.CONFLICT, "the stream's content type is " + stream.contentType(), stream);
        }
        if (append.producer() != null) {
            StreamOutcome outOfTurn = outOfTurn(stream, append.producer());
            if (outOfTurn != null) {
                return outOfTurn;
            }
        }
        if (append.order() != null
                && stream.lastOrder() != null
                && append.order().compareTo(stream.lastOrder()) <= 0) {
            return refuse(Reason.CONFLICT, "Stream-Seq must be greater than " + stream.lastOrder(), stream);
        }
        return append.problem() == null ? null : refuse(Reason.INVALID, append.problem(), stream);
    }

    private @Nullable StreamOutcome outOfTurn(StreamInfo stream, StreamAppend.Producer producer) {
        StreamAppend.Producer known = rows.producer(stream.id(), producer.id());
        if (known == null) {
            return producer.seq() > 0 ? new StreamOutcome.Gap(0, producer.seq()) : crowded(stream);
        }
        if (producer.epoch() < known.epoch()) {
            return new StreamOutcome.StaleEpoch(known.epoch());
        }
        if (producer.epoch() > known.epoch()) {
            return producer.seq() == 0
                    ? null
                    : refuse(Reason.INVALID, "the first Producer-Seq of an epoch is 0, not " + producer.seq(), stream);
        }
        if (producer.seq() <= known.seq()) {
            return new Done(stream, false, known);
        }
        return producer.seq() == known.seq() + 1 ? null : new StreamOutcome.Gap(known.seq() + 1, producer.seq());
    }

    private @Nullable StreamOutcome crowded(StreamInfo stream) {
        if (rows.producers(stream.id()) < Streams.MOST_PRODUCERS) {
            return null;
        }
        rows.removeProducers(stream.id(), now.minus(SILENT));
        return rows.producers(stream.id()) < Streams.MOST_PRODUCERS
                ? null
                : refuse(Reason.TOO_MANY, "a stream may have " + Streams.MOST_PRODUCERS + " producers", stream);
    }

    private StreamInfo written(StreamInfo stream, byte[] content) {
        if (content.length == 0) {
            return stream;
        }
        StreamInfo after = stream.withTail(stream.tail() + content.length);
        rows.append(stream.id(), new Chunk(after.tail(), content));
        return after;
    }

    /// Stores that it was used, if it is still there.
    public void use(Name name) {
        StreamInfo stream = settled(name);
        if (stream != null && !stream.deleted()) {
            rows.update(stream.usedAt(now));
        }
    }

    /// Takes it away if it has expired.
    public void expire(Name name) {
        settled(name);
    }

    /// As [Streams#delete].
    public Optional<StreamInfo> delete(Name name) {
        StreamInfo stream = settled(name);
        if (stream != null && !stream.deleted()) {
            takeAway(stream);
        }
        return Optional.ofNullable(stream);
    }

    /// Takes an expired one away, unless there are forks of it.
    private @Nullable StreamInfo settled(Name name) {
        StreamInfo stream = rows.find(name);
        if (stream == null || stream.deleted() || !stream.hasExpired(now)) {
            return stream;
        }
        takeAway(stream);
        return rows.find(name);
    }

    /// With it go those that were only kept for it.
    private void takeAway(StreamInfo stream) {
        StreamInfo next = stream;
        while (next != null) {
            if (rows.hasForks(next.id())) {
                rows.update(next.asDeleted());
                return;
            }
            rows.remove(next.id());
            StreamInfo source = next.origin() == null ? null : rows.find(next.origin().stream());
            next = source != null && source.deleted() && !rows.hasForks(source.id()) ? source : null;
        }
    }

    private static StreamOutcome refuse(Reason reason, String message, @Nullable StreamInfo stream) {
        return new Refused(reason, message, stream);
    }
}
