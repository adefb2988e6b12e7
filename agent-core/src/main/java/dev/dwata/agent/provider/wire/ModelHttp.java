package dev.dwata.agent.provider.wire;

import dev.dwata.types.AgentException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one HTTP client, shared by the clients of all providers: its connections are kept open and used again.
///
/// A call runs on the calling thread, is never repeated, and follows no redirect. Interrupting the thread
/// closes the connection at once, whether the thread is a virtual one or not.
public final class ModelHttp {
    /// The system property that, set to `true`, makes every call to a host that is not this machine fail: for
    /// test suites that must never reach a real model.
    public static final String FORBIDDEN = "dwata.models.forbidden";

    private final StreamTimeouts timeouts;
    private final Lock making = new ReentrantLock();
    private volatile @Nullable Transport transport;

    public ModelHttp(StreamTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    /// Posts a request and feeds the events of its answer to `reader` until that has a whole reply.
    ///
    /// @throws InterruptedException if this thread is interrupted, or `reader` says so; the connection is
    ///                              closed
    /// @throws AgentException       if there is no whole reply; `reader` then holds nothing that may be used
    public void post(Post post, ReplyReader reader) throws InterruptedException {
        transport().post(post, reader);
    }

    /// Made when first needed, because loading the certificates of TLS takes its time.
    private Transport transport() {
        Transport made = transport;
        if (made != null) {
            return made;
        }
        making.lock();
        try {
            made = transport;
            if (made == null) {
                made = new Transport(timeouts);
                transport = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }
}
