package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client of protocol version 1. A thread of its own reads all frames as they come; tests ask for the
/// response to a request, and go through the events in the order in which they came.
final class Client implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final RawSocket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<JsonNode> frames = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private int nextEvent;
    private int nextId;
    private int pings;
    private @Nullable Integer closeCode;

    /// Opens a WebSocket and sends nothing.
    Client(int port) {
        socket = RawSocket.open(port);
        Thread.ofVirtual().name("test-client").start(this::readAll);
    }

    private void readAll() {
        int code = 1006;
        try {
            RawSocket.Frame frame = socket.read();
            while (frame.opcode() != RawSocket.CLOSE) {
                took(frame);
                frame = socket.read();
            }
            code = frame.closeCode();
            socket.frame(true, RawSocket.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
        } catch (IOException | RuntimeException e) {
            // The connection is over; how, tells the code.
        }
        lock.lock();
        try {
            closeCode = code;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void took(RawSocket.Frame frame) {
        if (frame.opcode() == RawSocket.PING) {
            socket.frame(true, RawSocket.PONG, new byte[0]);
        }
        lock.lock();
        try {
            if (frame.opcode() == RawSocket.PING) {
                pings++;
            } else if (frame.opcode() == RawSocket.TEXT) {
                messages.add(frame.text());
                JsonNode json = Json.MAPPER.readTree(frame.text());
                for (JsonNode one : json.isArray() ? json.values() : List.of(json)) {
                    frames.add(one);
                    if (one.path("type").asString("").equals("event")) {
                        events.add(one);
                    }
                }
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    RawSocket raw() {
        return socket;
    }

    static ObjectNode params(Object... namesAndValues) {
        ObjectNode params = Json.MAPPER.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.set((String) namesAndValues[i], Json.MAPPER.valueToTree(namesAndValues[i + 1]));
        }
        return params;
    }

    /// Connects.
    ///
    /// @return the payload
    JsonNode connect(Object... namesAndValues) {
        ObjectNode params = params("version", "1", "clientType", "web");
        params.setAll(params(namesAndValues));
        return accepted(respond("connect", params));
    }

    /// Sends a request and waits for its response.
    ///
    /// @return the payload
    JsonNode call(String method, Object... namesAndValues) {
        return accepted(respond(method, params(namesAndValues)));
    }

    private static JsonNode accepted(JsonNode response) {
        assertThat(response.path("ok").asBoolean()).as(response.toString()).isTrue();
        return response.get("payload");
    }

    /// Sends a request that is refused.
    ///
    /// @return the whole response
    JsonNode refused(String method, Object... namesAndValues) {
        JsonNode response = respond(method, params(namesAndValues));
        assertThat(response.path("ok").asBoolean()).as(response.toString()).isFalse();
        assertThat(response.path("error").asString("")).isNotBlank();
        return response;
    }

    JsonNode respond(String method, JsonNode params) {
        return response(send(method, params));
    }

    /// @return the id of the request
    String send(String method, JsonNode params) {
        String id = "r" + ++nextId;
        ObjectNode request =
                Json.MAPPER.createObjectNode().put("type", "req").put("id", id).put("method", method);
        request.set("params", params);
        socket.text(request.toString());
        return id;
    }

    JsonNode response(String id) {
        return frame(frame -> frame.path("type").asString("").equals("res")
                && frame.path("id").asString("").equals(id));
    }

    /// Waits for the first frame of those that ever came which is as wanted.
    JsonNode frame(Predicate<JsonNode> wanted) {
        return await(() -> frames.stream().filter(wanted).findFirst().orElse(null), "the frame");
    }

    /// Waits for the next event of this name, passing over those before it.
    JsonNode event(String name) {
        return eventsTo(event -> name(event).equals(name)).getLast();
    }

    /// The events not yet asked for, to the next of this name.
    List<JsonNode> eventsTo(String name) {
        return eventsTo(event -> name(event).equals(name));
    }

    List<JsonNode> eventsTo(Predicate<JsonNode> last) {
        return await(
                () -> {
                    for (int i = nextEvent; i < events.size(); i++) {
                        if (last.test(events.get(i))) {
                            List<JsonNode> passed = List.copyOf(events.subList(nextEvent, i + 1));
                            nextEvent = i + 1;
                            return passed;
                        }
                    }
                    return null;
                },
                "the event");
    }

    /// All events that came so far.
    List<JsonNode> allEvents() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /// All frames that came so far.
    List<JsonNode> allFrames() {
        lock.lock();
        try {
            return List.copyOf(frames);
        } finally {
            lock.unlock();
        }
    }

    /// All text messages that came so far.
    List<String> allMessages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    void awaitPings(int count) {
        await(() -> pings >= count ? Boolean.TRUE : null, count + " pings");
    }

    /// Waits until everything that the gateway sent before now is here.
    void settle() {
        call("status");
    }

    /// Waits until the connection is over; 1006 if nobody said goodbye.
    int awaitClose() {
        return await(() -> closeCode, "the end of the connection");
    }

    boolean isOpen() {
        lock.lock();
        try {
            return closeCode == null;
        } finally {
            lock.unlock();
        }
    }

    private <T> T await(Supplier<@Nullable T> ready, String what) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        lock.lock();
        try {
            T found = ready.get();
            while (found == null) {
                long left = deadline - System.nanoTime();
                boolean over = closeCode != null;
                if (over || left <= 0) {
                    throw new AssertionError(what + " did not come; the connection is "
                            + (over ? "over, with " + closeCode : "open") + "; these came last: "
                            + frames.subList(Math.max(0, frames.size() - 5), frames.size()));
                }
                arrived.await(left, TimeUnit.NANOSECONDS);
                found = ready.get();
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    static String name(JsonNode event) {
        return event.path("event").asString("");
    }

    /// Cuts the connection.
    @Override
    public void close() {
        socket.close();
    }
}
