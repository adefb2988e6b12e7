package dev.dwata.agent.provider.wire;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/// Cancels a call as soon as the thread that runs it is interrupted.
///
/// A socket's blocking read ignores an interrupt on a platform thread. The JDK does tell one kind of object at
/// once, on either kind of thread: the interruptible channel that the thread says it is blocked on. So this is
/// such a channel, which cancels instead of closing.
final class Interruption extends AbstractInterruptibleChannel {
    private final Call call;
    private final Thread owner = Thread.currentThread();

    Interruption(Call call) {
        this.call = call;
        call.addEventListener(new Again());
    }

    /// Does `io`, which may block, such that an interrupt ends it.
    <T> T during(Blocking<T> io) throws IOException {
        boolean done = false;
        begin();
        try {
            T result = io.run();
            done = true;
            return result;
        } finally {
            end(done);
        }
    }

    @Override
    protected void implCloseChannel() {
        call.cancel();
    }

    @FunctionalInterface
    interface Blocking<T> {
        T run() throws IOException;
    }

    /// A thread is blocked on one channel at most. Where setting up a call reads a file through a channel of
    /// its own, that has taken this one's place, so it is put back before each long wait.
    private final class Again extends EventListener {
        @Override
        public void connectionAcquired(Call call, Connection connection) {
            again();
        }

        @Override
        public void responseHeadersStart(Call call) {
            again();
        }

        private void again() {
            if (Thread.currentThread().equals(owner)) {
                begin();
            }
        }
    }
}
