package dev.dwata.agent.provider.resilience;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelNotConfigured;
import dev.dwata.types.AgentError.ModelRejected;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.RateLimited;
import dev.dwata.types.AgentError.StreamIncomplete;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Errors of model calls, told with what was made of them.
final class Reworded {
    private static final long MILLIS = 1_000;
    private static final long WHOLE_SECONDS_FROM = 10 * MILLIS;

    private Reworded() {}

    /// The same error with more to its sentence. Those that are not of a model call stay as they are.
    ///
    /// @param retryAfter how long until the model is asked again; kept where the error has a place for it
    static AgentError with(AgentError error, String more, @Nullable Duration retryAfter) {
        String message = error.message() + more;
        if (error instanceof ModelUnavailable) {
            return new ModelUnavailable(message, retryAfter);
        } else if (error instanceof RateLimited) {
            return new RateLimited(message, retryAfter);
        } else if (error instanceof StreamIncomplete) {
            return retryAfter == null ? new StreamIncomplete(message) : new ModelUnavailable(message, retryAfter);
        } else if (error instanceof ModelNotConfigured) {
            return new ModelNotConfigured(message);
        } else if (error instanceof ModelRejected rejected) {
            return new ModelRejected(message, rejected.status());
        }
        return error;
    }

    /// How long the provider wants to be left alone; absent where it did not say.
    static @Nullable Duration retryAfter(AgentError error) {
        if (error instanceof ModelUnavailable unavailable) {
            return unavailable.retryAfter();
        }
        return error instanceof RateLimited limited ? limited.retryAfter() : null;
    }

    /// A time for people, in seconds.
    static String seconds(Duration time) {
        long millis = time.toMillis();
        int digits = millis < WHOLE_SECONDS_FROM ? 1 : 0;
        BigDecimal seconds =
                BigDecimal.valueOf(millis).divide(BigDecimal.valueOf(MILLIS), digits, RoundingMode.HALF_UP);
        return (seconds.signum() == 0 ? BigDecimal.ZERO : seconds.stripTrailingZeros()).toPlainString() + " s";
    }
}
