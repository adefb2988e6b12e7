package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.Streams;

/// A stream that clients write.
record StoredStream(Streams streams, Streams.Name name, int pageBytes) implements StreamSource {
    @Override
    public Object key() {
        return name;
    }

    @Override
    public Slice read(long after) {
        Streams.Page page = streams.read(name, after, pageBytes).orElseThrow(() -> StreamAnswer.notFound(name.path()));
        return slice(page, after);
    }

    @Override
    public Slice end() {
        return read(Long.MAX_VALUE);
    }

    private Slice slice(Streams.Page page, long after) {
        StreamInfo stream = page.stream();
        if (stream.deleted()) {
            throw StreamAnswer.gone(name.path());
        }
        return new Slice(
                stream.contentType(),
                page.chunks().stream().map(Streams.Chunk::content).toList(),
                page.next(after),
                stream.tail(),
                stream.closed());
    }
}
