package dev.dwata.gateway.streams;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.gateway.api.EventPayload;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The log of a session, read as a stream: its positions are the numbers of its entries, its messages the
/// frames that are sent over the WebSocket. Nothing is copied; it cannot be written.
record SessionStream(SessionLog log, SessionId session, Runnable check, int pageBytes) implements StreamSource {
    static final String PREFIX = "ai-chat/";
    private static final int ENTRIES = 500;

    /// @param check throws if there is no such session for the caller
    SessionStream {}

    /// @return absent: the path is not one of a session
    static @Nullable SessionId session(String path) {
        if (!path.startsWith(PREFIX)) {
            return null;
        }
        try {
            return new SessionId(path.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw StreamAnswer.notFound(path);
        }
    }

    static boolean owns(String path) {
        return path.startsWith(PREFIX) || path.equals("ai-chat");
    }

    /// What is said to those who want to write it.
    static StreamAnswer readOnly() {
        return new StreamAnswer(
                403,
                new AgentError.Forbidden(
                        "ai-chat/… are the logs of sessions: they are read here, and written by talking to the session"));
    }

    @Override
    public Object key() {
        return session;
    }

    @Override
    public Slice read(long after) {
        checked();
        long head = log.headSeq(session);
        if (after >= head) {
            return new Slice("application/json", List.of(), Math.min(after, head), head, false);
        }
        List<byte[]> messages = new ArrayList<>();
        long next = after;
        int bytes = 0;
        for (Envelope entry : log.read(session, after, ENTRIES)) {
            byte[] message = message(entry);
            if (bytes > 0 && bytes + message.length > pageBytes) {
                break;
            }
            messages.add(message);
            bytes += message.length;
            next = entry.seq();
        }
        return new Slice("application/json", messages, next, Math.max(head, next), false);
    }

    @Override
    public Slice end() {
        return read(Long.MAX_VALUE);
    }

    private void checked() {
        try {
            check.run();
        } catch (AgentException e) {
            throw e.error() instanceof AgentError.NotFound ? StreamAnswer.notFound(PREFIX + session) : e;
        }
    }

    private static byte[] message(Envelope entry) {
        ObjectNode message =
                Json.MAPPER.createObjectNode().put("type", "event").put("event", EventCodec.name(entry.event()));
        message.set("payload", EventPayload.of(entry));
        message.put("seq", entry.seq()).put("time", Json.format(entry.time()));
        if (entry.merged()) {
            message.put("firstSeq", entry.firstSeq());
        }
        return Json.MAPPER.writeValueAsBytes(message);
    }
}
