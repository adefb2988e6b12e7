package dev.dwata.persistence;

import dev.dwata.types.AgentException;
import dev.dwata.types.RunId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Something for the [Writer] to do in a transaction, alone or together with other jobs.
///
/// @param <T> what it gives back once it is committed
final class Job<T extends @Nullable Object> {
    /// How safe it must be.
    enum Safety {
        /// It stores nothing; it only tells the listeners something, in order.
        UNSTORED,
        /// It survives the end of this process.
        COMMITTED,
        /// It survives a loss of power.
        SYNCED
    }

    final Safety safety;

    /// Whose order it belongs to: after one job of a run failed, none of that run is done until its caller
    /// knows.
    final @Nullable RunId run;

    private final boolean awaited;
    private final Function<Transaction, T> work;
    private final CompletableFuture<T> reply = new CompletableFuture<>();
    private @Nullable AgentException refusal;
    private boolean left;
    private int reliesOn;
    private Runnable success = () -> {};

    private Job(Safety safety, @Nullable RunId run, boolean awaited, Function<Transaction, T> work) {
        this.safety = safety;
        this.run = run;
        this.awaited = awaited;
        this.work = work;
    }

    /// A job whose caller goes on only when it is done.
    static <T extends @Nullable Object> Job<T> awaited(
            Safety safety, @Nullable RunId run, Function<Transaction, T> work) {
        return new Job<>(safety, run, true, work);
    }

    /// A job whose caller hears of a failure later.
    static Job<?> unawaited(Safety safety, @Nullable RunId run, Function<Transaction, ?> work) {
        return new Job<>(safety, run, false, work);
    }

    /// Does it, so far. A refusal has changed nothing and stays this job's own matter; any other exception
    /// means that the transaction cannot be committed.
    void doIn(Transaction transaction) {
        refusal = null;
        left = false;
        try {
            T result = work.apply(transaction);
            success = () -> reply.complete(result);
        } catch (AgentException e) {
            refusal = e;
        }
    }

    void refuse(AgentException why) {
        refusal = why;
    }

    /// Is not done, because an earlier job of its run was not.
    void leave(AgentException why) {
        refusal = why;
        left = true;
    }

    /// @param failures how many its run has had that its caller knows of
    void relyOn(int failures) {
        reliesOn = failures;
    }

    int reliesOn() {
        return reliesOn;
    }

    /// Tells the caller what became of it.
    ///
    /// @param failed where failures are left of which the caller is told later
    void settle(FailedRuns failed) {
        if (refusal == null) {
            success.run();
            return;
        }
        if (run != null && !awaited && !left) {
            failed.add(run, refusal);
        } else if (run != null && awaited) {
            failed.tell(run); // before the caller goes on, which is being told
        }
        reply.completeExceptionally(refusal);
    }

    /// Waits until it is committed, interrupted or not; the thread's flag stays.
    ///
    /// @throws AgentException if it was not done
    T await() {
        try {
            return reply.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AgentException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
