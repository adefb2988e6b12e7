package dev.dwata.agent.store;

import dev.dwata.agent.store.StreamConfig.Fork;
import dev.dwata.agent.store.StreamInfo.Origin;
import dev.dwata.agent.store.StreamOutcome.Reason;
import dev.dwata.agent.store.StreamOutcome.Refused;
import dev.dwata.agent.store.Streams.Chunk;
import dev.dwata.agent.store.Streams.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a stream begins, and what of it is another's.
final class StreamForks {
    private static final byte[] NOTHING = {};

    private final StreamRows rows;
    private final Function<Name, @Nullable StreamInfo> find;

    /// @param find a stream as it is now
    StreamForks(StreamRows rows, Function<Name, @Nullable StreamInfo> find) {
        this.rows = rows;
        this.find = find;
    }

    /// @param stream  as it is to be stored, without an id
    /// @param extra   of the source, to be stored with the fork
    /// @param refusal absent: it can be made
    @SuppressWarnings("ArrayRecordComponent") // none is compared with another
    record Begin(StreamInfo stream, byte[] extra, @Nullable Refused refusal) {}

    Begin begin(Name name, StreamConfig config) {
        Fork fork = config.fork();
        if (fork == null) {
            String type = config.contentType() == null ? StreamConfig.BYTES : config.contentType();
            return new Begin(stream(name, typed(config, type), 0, null), NOTHING, null);
        }
        StreamInfo source = find.apply(new Name(name.owner(), fork.source()));
        StreamInfo none = stream(name, config, 0, null);
        if (source == null) {
            return refused(none, Reason.NOT_FOUND, "there is no stream " + fork.source() + " to fork");
        }
        long at = fork.at() == null ? source.tail() : fork.at();
        Refused refusal = refusal(config, source, at);
        if (refusal != null) {
            return new Begin(none, NOTHING, refusal);
        }
        byte[] extra = extra(source, at, fork.extra());
        int depth = source.origin() == null ? 1 : source.origin().depth() + 1;
        StreamConfig filled = typed(expiring(config, source.config()), source.contentType());
        return extra == null
                ? refused(none, Reason.INVALID, "Stream-Fork-Sub-Offset is more than follows there in one append")
                : new Begin(stream(name, filled, at, new Origin(source.id(), at, depth)), extra, null);
    }

    private @Nullable Refused refusal(StreamConfig config, StreamInfo source, long at) {
        if (source.deleted()) {
            return new Refused(Reason.CONFLICT, "the stream to fork was deleted", source);
        }
        if (config.contentType() != null
                && !StreamConfig.mediaType(config.contentType()).equals(StreamConfig.mediaType(source.contentType()))) {
            return new Refused(
                    Reason.CONFLICT, "the content type of the stream to fork is " + source.contentType(), source);
        }
        if (source.origin() != null && source.origin().depth() >= Streams.DEEPEST_FORK) {
            return new Refused(Reason.TOO_MANY, "a fork may be made of " + Streams.DEEPEST_FORK + " streams", source);
        }
        boolean between = at > source.tail() || (at > 0 && !isEnd(source, at));
        return between
                ? new Refused(Reason.INVALID, "Stream-Fork-Offset is no offset of the stream to fork", source)
                : null;
    }

    private boolean isEnd(StreamInfo source, long at) {
        return at == source.tail()
                || StreamReading.chunks(rows, source, at - 1, 1).stream().anyMatch(chunk -> chunk.end() == at);
    }

    /// @return absent: there is not so much
    private byte @Nullable [] extra(StreamInfo source, long at, long count) {
        if (count == 0) {
            return NOTHING;
        }
        List<Chunk> next = StreamReading.chunks(rows, source, at, 1);
        if (next.isEmpty()) {
            return null;
        }
        byte[] content = next.getFirst().content();
        if (source.isJson()) {
            return StreamJson.first(content, count);
        }
        return count > content.length ? null : Arrays.copyOf(content, Math.toIntExact(count));
    }

    /// A fork lives as long as its source was to, unless it says otherwise.
    private static StreamConfig expiring(StreamConfig config, StreamConfig source) {
        boolean own = config.ttlSeconds() != null || config.expiresAt() != null;
        return new StreamConfig(
                config.contentType(),
                own ? config.ttlSeconds() : source.ttlSeconds(),
                own ? config.expiresAt() : source.expiresAt(),
                config.closed(),
                config.fork());
    }

    private static StreamConfig typed(StreamConfig config, String type) {
        return new StreamConfig(
                config.contentType() == null ? type : config.contentType(),
                config.ttlSeconds(),
                config.expiresAt(),
                config.closed(),
                config.fork());
    }

    private static StreamInfo stream(Name name, StreamConfig config, long tail, @Nullable Origin origin) {
        return new StreamInfo(0, name, config, tail, false, null, null, origin, null, false);
    }

    private static Begin refused(StreamInfo none, Reason reason, String message) {
        return new Begin(none, NOTHING, new Refused(reason, message, null));
    }

    /// Whether a stream is what would be made now.
    static boolean isSame(StreamInfo found, StreamConfig wanted) {
        StreamConfig made = found.config();
        Fork fork = wanted.fork();
        String type = wanted.contentType() == null && fork == null ? StreamConfig.BYTES : wanted.contentType();
        boolean inherits = fork != null && wanted.ttlSeconds() == null && wanted.expiresAt() == null;
        return (type == null || StreamConfig.mediaType(type).equals(StreamConfig.mediaType(found.contentType())))
                && (inherits || Objects.equals(wanted.ttlSeconds(), made.ttlSeconds()))
                && (inherits || Objects.equals(wanted.expiresAt(), made.expiresAt()))
                && wanted.closed() == found.closed()
                && isSameFork(found, made.fork(), fork);
    }

    private static boolean isSameFork(StreamInfo found, @Nullable Fork made, @Nullable Fork wanted) {
        if (made == null || wanted == null) {
            return made == null && wanted == null;
        }
        boolean sameAt = wanted.at() == null
                || (found.origin() != null && wanted.at() == found.origin().at());
        return sameAt && made.source().equals(wanted.source()) && made.extra() == wanted.extra();
    }
}
