package dev.dwata.gateway.auth;

import dev.dwata.types.AgentException;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets callers in, at every door the same way, slows down those who guess, and sees to it that nobody stays
/// whose token has ended.
public final class Gatekeeper implements AutoCloseable {
    private final Callers callers;
    private final Guesses guesses;
    private final LiveCallers live;

    public Gatekeeper(Callers callers, Guesses guesses) {
        this.callers = callers;
        this.guesses = guesses;
        this.live = new LiveCallers(callers);
    }

    /// Something that is open for a caller.
    @FunctionalInterface
    public interface Stay extends AutoCloseable {
        /// It is over by itself.
        @Override
        void close();
    }

    /// @param token the bearer token, as sent; absent where there is none
    /// @param from  the other end of the connection, whatever headers say
    /// @throws AgentException with `Unauthenticated`, or `RateLimited` where too many were wrong before
    public Caller admit(@Nullable String token, InetAddress from) {
        return token == null ? callers.identify(null) : attempt(from, () -> callers.identify(token));
    }

    /// Tries something else that can be guessed, and fails with `Unauthenticated`.
    ///
    /// @throws AgentException what the attempt fails with, or `RateLimited`
    public <T> T attempt(InetAddress from, Supplier<T> attempt) {
        return guesses.attempt(from, attempt);
    }

    /// Whether a caller that was let in before would be so again.
    public boolean holds(Caller caller) {
        return callers.holds(caller);
    }

    /// A caller stays.
    ///
    /// @param end closes what is open once the caller's token has ended; does not block
    public Stay stays(Caller caller, Runnable end) {
        return live.add(caller, end);
    }

    @Override
    public void close() {
        live.close();
    }
}
