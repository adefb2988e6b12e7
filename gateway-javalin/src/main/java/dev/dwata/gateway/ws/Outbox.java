package dev.dwata.gateway.ws;

import dev.dwata.gateway.http.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What waits to be sent to one connection: bounded, in order, one message under way at a time, the next one
/// sent when the network has taken the one before. No sender ever waits; one that can pace itself asks
/// [#awaitRoom] first.
final class Outbox {
    /// How many events may share a message, and how long it may get.
    private static final int MERGED_EVENTS = 64;

    private static final int MERGED_CHARS = 64 << 10;

    /// What the slowest network in use needs: 128 KiB a second.
    private static final long NANOS_PER_BYTE = 1_000_000_000L / (128 << 10);

    /// After so many messages in a row, sending goes on in a thread of its own: whoever had only one frame to
    /// send is not kept by those of others.
    private static final int MESSAGES_PER_THREAD = 32;

    private final Socket socket;
    private final int maxFrames;
    private final long maxBytes;
    private final Runnable overflow;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Deque<Outgoing> held = new ArrayDeque<>();
    private boolean holding;
    private boolean merging;
    private int frames;
    private long bytes;
    private boolean sending;
    private long sendingBytes;
    private int inARow;
    private long taken;
    private @Nullable Runnable afterwards;
    private boolean closed;

    /// @param overflow called when a frame does not fit; nothing is sent any more
    Outbox(Socket socket, WsLimits limits, Runnable overflow) {
        this.socket = socket;
        this.maxFrames = limits.outboxFrames();
        this.maxBytes = limits.outboxBytes();
        this.overflow = overflow;
    }

    /// From now on several events may go out as one message, a JSON array.
    void mergeEvents() {
        change(() -> {
            merging = true;
            return Outbox::nothing;
        });
    }

    void send(Outgoing frame) {
        send(List.of(frame));
    }

    /// Sends frames after those before them. One that finds the outbox full makes it overflow; one alone may be
    /// longer than the whole outbox.
    void send(List<Outgoing> more) {
        change(() -> {
            if (closed || afterwards != null) {
                return Outbox::nothing;
            }
            for (Outgoing frame : more) {
                if (frames >= maxFrames || bytes >= maxBytes) {
                    forget();
                    return overflow;
                }
                frames++;
                bytes += frame.bytes();
                (holding && frame.event() ? held : waiting).add(frame);
            }
            return next();
        });
    }

    /// Keeps events back until [#release], while responses go out.
    void hold() {
        change(() -> {
            holding = true;
            return Outbox::nothing;
        });
    }

    void release() {
        change(this::released);
    }

    /// Takes nothing more, and runs `then` when all that waits was sent. Never, if the outbox is closed before.
    void finish(Runnable then) {
        change(() -> {
            if (!closed && afterwards == null) {
                afterwards = then;
            }
            return released();
        });
    }

    /// Forgets what waits; nothing is sent any more.
    void close() {
        change(() -> {
            forget();
            return Outbox::nothing;
        });
    }

    /// Whether there is room for a [Portion], with much to spare for those who do not ask.
    boolean roomy() {
        lock.lock();
        try {
            return frames <= maxFrames / 2 && bytes <= maxBytes / 2;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until most was sent.
    ///
    /// @param patience how long the network may take nothing; longer for a long message, which it takes as one
    /// @return false if it took nothing for so long, or nothing is sent any more
    boolean awaitRoom(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long seen = taken;
            long left = patience.toNanos() + sendingBytes * NANOS_PER_BYTE;
            while (!closed && afterwards == null && (frames > maxFrames / 4 || bytes > maxBytes / 4)) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
                if (taken != seen || holding) {
                    seen = taken;
                    left = patience.toNanos() + sendingBytes * NANOS_PER_BYTE;
                }
            }
            return !closed && afterwards == null;
        } finally {
            lock.unlock();
        }
    }

    /// Changes the state, and then does, without the lock, what follows from it.
    private void change(Supplier<Runnable> change) {
        Runnable step;
        lock.lock();
        try {
            step = change.get();
        } finally {
            lock.unlock();
        }
        step.run();
    }

    private void taken() {
        change(() -> {
            sending = false;
            sendingBytes = 0;
            taken++;
            moved.signalAll();
            Runnable next = next();
            inARow = sending ? inARow + 1 : 0;
            if (inARow < MESSAGES_PER_THREAD) {
                return next;
            }
            inARow = 0;
            return () -> Thread.ofVirtual().name("outbox").start(next);
        });
    }

    private Runnable released() {
        holding = false;
        waiting.addAll(held);
        held.clear();
        moved.signalAll();
        return next();
    }

    private static void nothing() {}

    private void forget() {
        closed = true;
        waiting.clear();
        held.clear();
        moved.signalAll();
    }

    private Runnable next() {
        if (closed || sending) {
            return Outbox::nothing;
        }
        if (!waiting.isEmpty()) {
            String message = take();
            return () -> socket.send(message, this::taken, this::close);
        }
        if (afterwards != null) {
            closed = true;
            return afterwards;
        }
        return Outbox::nothing;
    }

    private String take() {
        Outgoing first = poll();
        sending = true;
        if (!merging || !first.event()) {
            return first.text();
        }
        List<Outgoing> events = new ArrayList<>(List.of(first));
        int chars = first.text().length();
        Outgoing next = waiting.peek();
        while (next != null
                && next.event()
                && events.size() < MERGED_EVENTS
                && chars + next.text().length() < MERGED_CHARS) {
            chars += next.text().length() + 1;
            events.add(poll());
            next = waiting.peek();
        }
        return events.size() == 1 ? first.text() : first.joining().text(events);
    }

    private Outgoing poll() {
        Outgoing frame = waiting.remove();
        frames--;
        bytes -= frame.bytes();
        sendingBytes += frame.bytes();
        return frame;
    }
}
