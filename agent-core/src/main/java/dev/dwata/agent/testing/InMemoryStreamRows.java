package dev.dwata.agent.testing;

import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamRows;
import dev.dwata.agent.store.Streams.Chunk;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.types.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Used under the store's lock only.
final class InMemoryStreamRows implements StreamRows {
    private final Map<Long, StreamInfo> streams = new HashMap<>();
    private final Map<Name, Long> names = new HashMap<>();
    private final Map<Long, TreeMap<Long, byte[]>> chunks = new HashMap<>();
    private final Map<Long, Map<String, Known>> producers = new HashMap<>();
    private long last;

    private record Known(Producer producer, Instant heard) {}

    Stream<StreamInfo> all() {
        return streams.values().stream();
    }

    @Override
    public @Nullable StreamInfo find(Name name) {
        Long id = names.get(name);
        return id == null ? null : streams.get(id);
    }

    @Override
    public @Nullable StreamInfo find(long id) {
        return streams.get(id);
    }

    @Override
    public int count(Principal owner) {
        return (int) names.keySet().stream()
                .filter(name -> name.owner().equals(owner))
                .count();
    }

    @Override
    public long add(StreamInfo stream) {
        last++;
        streams.put(last, stream.withId(last));
        names.put(stream.name(), last);
        return last;
    }

    @Override
    public void update(StreamInfo stream) {
        streams.put(stream.id(), stream);
    }

    @Override
    public void remove(long id) {
        StreamInfo gone = Objects.requireNonNull(streams.remove(id));
        names.remove(gone.name());
        chunks.remove(id);
        producers.remove(id);
    }

    @Override
    public boolean hasForks(long id) {
        return streams.values().stream().anyMatch(stream -> stream.origin() != null && stream.origin().stream() == id);
    }

    @Override
    public void append(long stream, Chunk chunk) {
        chunks.computeIfAbsent(stream, id -> new TreeMap<>()).put(chunk.end(), chunk.content());
    }

    @Override
    public List<Chunk> chunks(long stream, long after, long upTo, int mostBytes) {
        List<Chunk> found = new ArrayList<>();
        long bytes = 0;
        if (after >= upTo) {
            return found;
        }
        for (Map.Entry<Long, byte[]> chunk : chunks.getOrDefault(stream, new TreeMap<>())
                .subMap(after, false, upTo, true)
                .entrySet()) {
            if (bytes >= mostBytes) {
                break;
            }
            found.add(new Chunk(chunk.getKey(), chunk.getValue()));
            bytes += chunk.getValue().length;
        }
        return found;
    }

    @Override
    public @Nullable Producer producer(long stream, String id) {
        Known known = producers.getOrDefault(stream, Map.of()).get(id);
        return known == null ? null : known.producer;
    }

    @Override
    public int producers(long stream) {
        return producers.getOrDefault(stream, Map.of()).size();
    }

    @Override
    public void removeProducers(long stream, Instant silentSince) {
        producers.getOrDefault(stream, new HashMap<>()).values().removeIf(known -> known.heard.isBefore(silentSince));
    }

    @Override
    public void put(long stream, Producer producer, Instant now) {
        producers.computeIfAbsent(stream, id -> new HashMap<>()).put(producer.id(), new Known(producer, now));
    }
}
