package dev.dwata.gateway.auth;

import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Codes that a caller hands to a page, which gets a token of its own for one: a URL may hold such a code,
/// since it is worthless once it was used, and after a minute anyway.
public final class OneTimeCodes {
    public static final Duration GOOD_FOR = Duration.ofSeconds(60);

    /// How long a page's token is in force, unless the one that its code was asked for with ends before.
    public static final Duration SIGNED_IN = Duration.ofDays(1);

    private static final int MOST = 32;

    private final Tokens tokens;
    private final LongSupplier nanos;
    private final Map<String, Issued> open = new HashMap<>();

    /// @param nanos a clock that only goes forward
    public OneTimeCodes(Tokens tokens, LongSupplier nanos) {
        this.tokens = tokens;
        this.nanos = nanos;
    }

    /// @param until by the clock, in nanoseconds
    private record Issued(Caller caller, long until) {}

    /// @throws AgentException with `Conflict` where no token is asked for, `RateLimited` if too many wait to be
    ///                        used
    public synchronized String issue(Caller caller) {
        if (caller.token() == null) {
            throw new AgentException(new AgentError.Conflict("this gateway asks for no token, so none is needed"));
        }
        long now = nanos.getAsLong();
        open.values().removeIf(issued -> issued.until() - now < 0);
        if (open.size() >= MOST) {
            throw new AgentException(
                    new AgentError.RateLimited("at most " + MOST + " codes may wait to be used", GOOD_FOR));
        }
        String code = BearerToken.random();
        open.put(BearerToken.hash(code), new Issued(caller, now + GOOD_FOR.toNanos()));
        return code;
    }

    /// Makes a token that is good for what its caller's is, and ends with that.
    ///
    /// @throws AgentException with `Unauthenticated` if the code is none, was used, or is too old
    public BearerToken exchange(String code) {
        Issued issued = take(code);
        if (issued == null || issued.until() - nanos.getAsLong() < 0) {
            throw new AgentException(new AgentError.Unauthenticated(
                    "the code is not valid, or not any more: 'dwata web' gives another"));
        }
        Caller caller = issued.caller();
        BearerToken token = BearerToken.create();
        tokens.add(new NewToken(
                token.secret(),
                caller.principal(),
                "web page",
                caller.scopes().stream().map(Scope::wireName).collect(Collectors.toUnmodifiableSet()),
                SIGNED_IN,
                caller.token()));
        return token;
    }

    private synchronized @Nullable Issued take(String code) {
        return open.remove(BearerToken.hash(code));
    }
}
