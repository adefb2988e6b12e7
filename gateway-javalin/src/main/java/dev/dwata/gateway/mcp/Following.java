package dev.dwata.gateway.mcp;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Run;
import dev.dwata.gateway.http.Services;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows a run to its end, for a caller who waits: tells how it gets on, asks what it asks, and cancels it
/// when the caller does.
final class Following {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Services parts;
    private final Asked asked;
    private final Elicitation elicitation;
    private int step;
    private @Nullable ToolReturned returned;

    Following(Services parts, Asked asked) {
        this.parts = parts;
        this.asked = asked;
        this.elicitation = new Elicitation(parts, asked);
    }

    /// How a run has ended.
    ///
    /// @param returned by the last tool that was called; absent where none was
    record End(Terminal terminal, @Nullable ToolReturned returned) {}

    /// @throws AgentException if it cannot be followed to its end
    End follow(Run run, CallsUnderWay calls) {
        EventStream events = parts.followers().open(asked.caller().principal(), run.sessionId(), run.seq() - 1);
        try {
            calls.cancelWith(
                    asked.id(), () -> Thread.ofVirtual().name("mcp-cancel").start(() -> cancel(run)));
            while (true) {
                Envelope next = Objects.requireNonNull(events.next(null), "a stream without a time limit gave nothing");
                if (run.id().equals(next.runId())) {
                    AgentEvent event = next.event();
                    tell(event);
                    if (event instanceof Terminal end) {
                        return new End(end, returned);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(
                    new AgentError.Interrupted("the gateway does not wait any longer; the run goes on"), e);
        } finally {
            parts.followers().close(events);
        }
    }

    private void cancel(Run run) {
        try {
            parts.runtime().as(asked.caller().principal()).cancel(run.id(), "cancelled by " + asked.client());
        } catch (AgentException e) {
            LOG.debug("run {} was not cancelled: {}", run.id(), e.getMessage());
        }
    }

    private void tell(AgentEvent event) {
        if (event instanceof StatusChanged changed) {
            progress(changed.status().wireName());
        } else if (event instanceof ToolCalled call) {
            progress("calls " + call.toolName());
        } else if (event instanceof ToolProgressed on) {
            progress(on.message());
        } else if (event instanceof ToolReturned result) {
            returned = result;
        } else if (event instanceof InputRequested input) {
            progress((input.kind() == InputKind.APPROVAL ? "waits for approval of " : "waits for an answer to ")
                    + input.toolName());
            elicitation.ask(input);
        }
    }

    private void progress(@Nullable String message) {
        step++;
        asked.progress(step, message);
    }
}
