package dev.dwata.agent.testing;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.ReceivedFile;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.Principal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class InMemoryAttachments implements Attachments {
    private final StoredState state;

    InMemoryAttachments(StoredState state) {
        this.state = state;
    }

    @Override
    public Attachment put(Principal owner, InputStream bytes, String mediaType, String name) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        Attachment received =
                ReceivedFile.read(bytes, mediaType, name, (buffer, length) -> copy.write(buffer, 0, length));
        return state.locked(() -> {
            state.files.put(received.id(), copy.toByteArray());
            state.attachments.put(
                    new StoredState.Owned(owner, received.id()), new StoredState.Kept(received, state.now()));
            return received;
        });
    }

    @Override
    public Optional<Attachment> find(Principal owner, String id) {
        return state.locked(() -> Optional.ofNullable(state.attachments.get(new StoredState.Owned(owner, id)))
                .map(StoredState.Kept::attachment));
    }

    @Override
    public InputStream open(Principal owner, String id) {
        return state.locked(() -> {
            if (!state.attachments.containsKey(new StoredState.Owned(owner, id))) {
                throw Refusal.noAttachment(id);
            }
            return new ByteArrayInputStream(state.files.get(id));
        });
    }

    @Override
    public int sweep(Instant storedBefore) {
        return state.locked(() -> {
            List<StoredState.Owned> old = state.attachments.entrySet().stream()
                    .filter(kept -> kept.getValue().storedAt().isBefore(storedBefore) && !state.isUsed(kept.getKey()))
                    .map(java.util.Map.Entry::getKey)
                    .toList();
            old.forEach(state::drop);
            return old.size();
        });
    }
}
