package dev.dwata.agent.store;

import dev.dwata.agent.store.Streams.Chunk;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads streams, those included that others are forks of; changes nothing.
public final class StreamReading {
    private final StreamRows rows;
    private final Instant now;

    public StreamReading(StreamRows rows, Instant now) {
        this.rows = rows;
        this.now = now;
    }

    /// As [Streams#find].
    public Optional<StreamInfo> find(Streams.Name name) {
        return Optional.ofNullable(rows.find(name)).flatMap(this::shown);
    }

    /// What is to be shown of a stream that may have expired.
    public Optional<StreamInfo> shown(StreamInfo stream) {
        if (stream.deleted() || !stream.hasExpired(now)) {
            return Optional.of(stream);
        }
        return rows.hasForks(stream.id()) ? Optional.of(stream.asDeleted()) : Optional.empty();
    }

    /// As [Streams#read], but that it was used is not stored.
    public Optional<Streams.Page> read(Streams.Name name, long after, int mostBytes) {
        return find(name)
                .map(stream -> new Streams.Page(
                        stream, stream.deleted() ? List.of() : chunks(rows, stream, after, mostBytes)));
    }

    /// Whether its use is to be stored.
    public boolean isWorthUsing(StreamInfo stream) {
        return !stream.deleted() && stream.isWorthUsing(now);
    }

    /// A stretch that lies with one stream.
    private record Stretch(long stream, long from, long to) {}

    static List<Chunk> chunks(StreamRows rows, StreamInfo stream, long after, int mostBytes) {
        Deque<Stretch> stretches = new ArrayDeque<>();
        long to = stream.tail();
        @Nullable StreamInfo next = stream;
        while (next != null && to > after) {
            StreamInfo.Origin origin = next.origin();
            stretches.push(new Stretch(next.id(), origin == null ? 0 : origin.at(), to));
            to = origin == null ? 0 : Math.min(to, origin.at());
            next = origin == null ? null : rows.find(origin.stream());
        }
        List<Chunk> chunks = new ArrayList<>();
        int left = mostBytes;
        for (Stretch stretch : stretches) {
            if (left > 0) {
                for (Chunk chunk : rows.chunks(stretch.stream, Math.max(after, stretch.from), stretch.to, left)) {
                    chunks.add(chunk);
                    left -= chunk.content().length;
                }
            }
        }
        return chunks;
    }
}
