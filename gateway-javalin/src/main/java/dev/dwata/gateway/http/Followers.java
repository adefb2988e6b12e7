package dev.dwata.gateway.http;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The requests that follow a session at the moment: not too many, and all of them ended together.
public final class Followers {
    private final LocalRuntime runtime;
    private final HttpLimits limits;
    private final Set<EventStream> open = new HashSet<>();
    private boolean closing;

    public Followers(LocalRuntime runtime, HttpLimits limits) {
        this.runtime = runtime;
        this.limits = limits;
    }

    public HttpLimits limits() {
        return limits;
    }

    /// @throws AgentException with `NotFound`, `InvalidRequest` or `Conflict` for the cursor, `RateLimited`,
    ///                        `Draining`
    public EventStream open(Principal owner, SessionId session, long afterSeq) {
        EventStream stream = runtime.as(owner).session(session).events(afterSeq);
        @Nullable AgentError refusal;
        synchronized (this) {
            refusal = refusal();
            if (refusal == null) {
                open.add(stream);
                return stream;
            }
        }
        stream.close();
        throw new AgentException(refusal);
    }

    private @Nullable AgentError refusal() {
        if (closing) {
            return new AgentError.Draining("the gateway is shutting down");
        }
        return open.size() < limits.followers()
                ? null
                : new AgentError.RateLimited(
                        "at most " + limits.followers() + " requests may follow sessions at the same time", null);
    }

    public void close(EventStream stream) {
        stream.close();
        synchronized (this) {
            open.remove(stream);
            notifyAll();
        }
    }

    public synchronized boolean closing() {
        return closing;
    }

    /// Ends all, and gives them a moment to say so to their clients.
    ///
    /// @throws InterruptedException when it is not to be waited for any longer
    public synchronized void close(Duration patience) throws InterruptedException {
        closing = true;
        open.forEach(EventStream::close);
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (!open.isEmpty() && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
