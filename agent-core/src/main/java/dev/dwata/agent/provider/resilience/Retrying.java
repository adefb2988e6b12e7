package dev.dwata.agent.provider.resilience;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.RateLimited;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Asks a model again that was busy, limited, unreachable or cut off, as long as nobody has seen anything of
/// its answer.
///
/// Each time is told as [ModelDelta.Troubled] before the wait for it. A refused request is not sent again, nor
/// is one whose answer people have begun to read. Interrupting the thread ends the wait at once.
public final class Retrying implements ModelClient {
    private final ModelClient model;
    private final RetryPolicy policy;
    private final Pause pause;
    private final DoubleSupplier chance;

    public Retrying(ModelClient model, RetryPolicy policy) {
        this(model, policy, Pause.ASLEEP, () -> ThreadLocalRandom.current().nextDouble());
    }

    /// @param chance gives numbers from 0 to 1, called from every thread that asks
    public Retrying(ModelClient model, RetryPolicy policy, Pause pause, DoubleSupplier chance) {
        this.model = model;
        this.policy = policy;
        this.pause = pause;
        this.chance = chance;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        Heard heard = new Heard(sink);
        for (int attempt = 1; ; attempt++) {
            AgentException failure;
            try (Scope scope = sink.scope().attempt(request.model(), attempt)) {
                try {
                    ModelReply reply = model.stream(request, heard);
                    scope.end(new Outcome.Done());
                    return reply;
                } catch (AgentException e) {
                    scope.end(new Outcome.Failed(e.error()));
                    failure = e;
                }
            }
            if (heard.anything() || !mayPass(failure.error())) {
                throw failure;
            }
            Duration wait = waitAfter(attempt, failure);
            sink.accept(new ModelDelta.Troubled(trouble(failure.error(), wait, attempt + 1)));
            pause.take(wait);
        }
    }

    /// Only what a model call fails with: the storage behind the sink has its own ways to wait.
    private static boolean mayPass(AgentError error) {
        return error instanceof ModelUnavailable || error instanceof RateLimited || error instanceof StreamIncomplete;
    }

    /// @throws AgentException if it is not to be asked again
    private Duration waitAfter(int attempt, AgentException failure) {
        AgentError error = failure.error();
        Duration wanted = Reworded.retryAfter(error);
        if (wanted != null && wanted.compareTo(policy.longestRetryAfter()) > 0) {
            String when = "; it may be asked again in " + Reworded.seconds(wanted);
            throw new AgentException(Reworded.with(error, when, wanted), failure);
        }
        if (attempt >= policy.attempts()) {
            String times = attempt == 1 ? "" : " (asked " + attempt + " times)";
            throw new AgentException(Reworded.with(error, times, wanted), failure);
        }
        return by(chance.getAsDouble(), policy.delayAfter(attempt), wanted);
    }

    private static Duration by(double share, Duration most, @Nullable Duration wanted) {
        Duration delay = Duration.ofMillis(Math.round(share * most.toMillis()));
        return wanted == null ? delay : wanted.plus(delay);
    }

    private AgentError trouble(AgentError error, Duration wait, int next) {
        String more =
                "; asking again in %s (attempt %d of %d)".formatted(Reworded.seconds(wait), next, policy.attempts());
        return Reworded.with(error, more, wait);
    }
}
