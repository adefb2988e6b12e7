package dev.dwata.gateway.agui;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.agui.ChatRequest.Wishes;
import dev.dwata.types.ItemId;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which session a thread is. A UUID is the session of that id, which is made with it where there is none; any
/// other name stands for one session of each principal, whose id follows from both.
final class Threads {
    private static final String NAME = "threadId";

    private final Store store;

    Threads(Store store) {
        this.store = store;
    }

    Optional<SessionInfo> find(Principal owner, String threadId) {
        if (isUuid(threadId)) {
            Optional<SessionInfo> named = store.sessions().find(owner, new SessionId(threadId));
            if (named.isPresent()) {
                return named;
            }
        }
        return store.sessions().find(owner, derived(owner, threadId));
    }

    /// The id for a session that is yet to be made. One that another principal has is not taken, nor told of.
    SessionId idFor(Principal owner, String threadId) {
        if (isUuid(threadId)) {
            SessionId own = new SessionId(threadId);
            if (!store.sessions().isTaken(own)) {
                return own;
            }
        }
        return derived(owner, threadId);
    }

    static SessionId derived(Principal owner, String threadId) {
        try {
            byte[] name = (owner.id() + "\n" + threadId).getBytes(StandardCharsets.UTF_8);
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name));
            long high = (hash.getLong() & ~0xF000L) | 0x8000L; // version 8 of RFC 9562: an id of one's own making
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new SessionId(new UUID(high, low).toString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What a session is made of that a message begins. It keeps what the client calls it.
    NewSession wanted(Principal owner, String threadId, Wishes wishes) {
        ObjectNode config = Json.MAPPER.createObjectNode().put(NAME, threadId);
        String document = wishes.documentId();
        boolean isItem = document != null && isItem(owner, document);
        if (document != null && !isItem) {
            config.putObject("context").put("documentId", document);
        }
        return new NewSession(
                wishes.title(),
                wishes.agentName(),
                wishes.model(),
                wishes.contextType(),
                isItem ? document : wishes.itemId(),
                wishes.projectId(),
                config);
    }

    private boolean isItem(Principal owner, String id) {
        try {
            return store.items().find(owner, new ItemId(id)).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String name(SessionInfo session) {
        JsonNode config = session.config();
        JsonNode name = config == null ? null : config.get(NAME);
        return name != null && name.isString()
                ? name.stringValue()
                : session.id().value();
    }

    /// What clients of AG-UI call a session of a principal.
    String nameOf(Principal owner, SessionId session) {
        return store.sessions().find(owner, session).map(Threads::name).orElse(session.value());
    }

    private static boolean isUuid(String text) {
        try {
            return text.length() == 36 && UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
