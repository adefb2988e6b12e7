package dev.dwata.gateway.ws;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.store.Store;
import dev.dwata.gateway.auth.Gatekeeper;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What all connections share.
///
/// @param overflows counts the connections that were closed because their client was too slow
/// @param timer  runs short tasks that do not block
/// @param onClosed called once for each connection that is over
record Hub(
        WsLimits limits,
        Gatekeeper gatekeeper,
        Rooms rooms,
        Store store,
        Redaction redaction,
        KnownClients clients,
        ToolHolders holders,
        ScheduledExecutorService timer,
        LongAdder overflows,
        Consumer<Connection> onClosed) {

    ScheduledFuture<?> later(Duration delay, Runnable task) {
        return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Runs a task without the locks that the caller holds.
    void soon(Runnable task) {
        timer.execute(task);
    }

    void closed(Connection connection) {
        onClosed.accept(connection);
    }
}
