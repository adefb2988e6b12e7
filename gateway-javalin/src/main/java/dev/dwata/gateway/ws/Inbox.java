package dev.dwata.gateway.ws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The messages of one connection that wait to be handled. When it is full no more are read from the peer,
/// until there is room again.
final class Inbox {
    private final int maxMessages;
    private final long maxChars;
    private final Runnable readOn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> messages = new ArrayDeque<>();
    private long chars;
    private boolean full;
    private boolean ended;

    /// @param readOn asks for the next message
    Inbox(WsLimits limits, Runnable readOn) {
        this.maxMessages = limits.inboxRequests();
        this.maxChars = limits.maxMessageBytes();
        this.readOn = readOn;
    }

    /// Takes a message, and asks for the next if there is room for it.
    void put(String message) {
        boolean room;
        lock.lock();
        try {
            if (!ended) {
                messages.add(message);
                chars += message.length();
                changed.signal();
            }
            room = messages.size() < maxMessages && chars < maxChars;
            full = !room;
        } finally {
            lock.unlock();
        }
        if (room) {
            readOn.run();
        }
    }

    /// Waits for a message.
    ///
    /// @return absent when all are handled and no more come
    @Nullable
    String take() throws InterruptedException {
        boolean room;
        String message;
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && !ended) {
                changed.await();
            }
            message = messages.poll();
            if (message == null) {
                return null;
            }
            chars -= message.length();
            room = full && messages.size() <= maxMessages / 2 && chars <= maxChars / 2;
            if (room) {
                full = false;
            }
        } finally {
            lock.unlock();
        }
        if (room) {
            readOn.run();
        }
        return message;
    }

    /// Whether the peer is not being read, so that nothing can be heard of it.
    boolean full() {
        lock.lock();
        try {
            return full;
        } finally {
            lock.unlock();
        }
    }

    /// No more come.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// No more come, and those that wait are not handled.
    void abandon() {
        lock.lock();
        try {
            messages.clear();
            chars = 0;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
