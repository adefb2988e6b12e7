package dev.dwata.cli.ask;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.cli.output.EventPrinter;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Follows one run from its message to its end, and shows it together with the messages that others send
/// meanwhile.
final class RunWatch {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Run run;
    private final EventPrinter printer;
    private final BooleanSupplier unwatched;
    private boolean denied;
    private boolean timedOut;

    /// @param end      absent where the run did not end in time after it was told to
    /// @param denied   whether a tool call was denied
    /// @param timedOut whether it was cancelled for taking too long
    record Outcome(@Nullable Terminal end, boolean denied, boolean timedOut) {}

    /// @param unwatched whether nobody reads any more what is printed; the run is cancelled then
    RunWatch(Run run, EventPrinter printer, BooleanSupplier unwatched) {
        this.run = run;
        this.printer = printer;
        this.unwatched = unwatched;
    }

    /// Returns after the run's last event was shown.
    ///
    /// @param limit after which the run is cancelled; absent: never
    Outcome await(Session session, @Nullable Duration limit) throws InterruptedException {
        try (EventStream stream = session.events(run.seq() - 1)) {
            run.close();
            if (run.position() > 0) {
                Queued queued = new Queued(null, run.position(), "Queued at position " + run.position() + ".");
                printer.print(new Envelope(run.sessionId(), 0, Instant.now(), run.id(), queued));
            }
            return follow(stream, limit);
        }
    }

    private Outcome follow(EventStream stream, @Nullable Duration limit) throws InterruptedException {
        long deadline = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        boolean cancelled = false;
        while (true) {
            Envelope next = next(stream, deadline);
            if (next == null && timedOut) {
                return new Outcome(null, denied, true);
            }
            if (next == null) {
                timedOut = true;
                deadline = System.nanoTime() + GRACE.toNanos();
                cancel("no answer within " + (limit == null ? 0 : limit.toSeconds()) + " s");
            } else if (show(next) instanceof Terminal end) {
                return new Outcome(end, denied, timedOut);
            } else if (!cancelled && unwatched.getAsBoolean()) {
                cancelled = true;
                cancel("nobody reads the answer");
            }
        }
    }

    private @Nullable Envelope next(EventStream stream, long deadline) throws InterruptedException {
        if (deadline == Long.MAX_VALUE) {
            return stream.next(null);
        }
        return stream.next(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /// @return the event if it is of the run; absent otherwise
    private @Nullable AgentEvent show(Envelope envelope) {
        boolean own = run.id().equals(envelope.runId());
        if (own || envelope.event() instanceof MessageReceived) {
            printer.print(envelope);
        }
        if (own && envelope.event() instanceof ToolReturned result) {
            denied |= result.result().path("denied").asBoolean(false)
                    || result.result().path("denied_calls").asInt(0) > 0;
        }
        return own ? envelope.event() : null;
    }

    private void cancel(String reason) {
        try {
            run.cancel(reason);
        } catch (AgentException e) {
            // it has just ended, and its last event is on its way
        }
    }
}
