package dev.dwata.agent;

import dev.dwata.agent.store.Store;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentException;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.ToolCallInfo;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles the runs of processes that are gone, so that their sessions can go on. Runs that had not started go
/// back to their lanes. Runs that had are ended as interrupted: a tool call without an outcome is answered as
/// unknown, because it may have happened, and nothing is done twice.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final String UNKNOWN =
            "the process ended while this ran; its effects are unknown: check before repeating it";

    private final Store store;

    Recovery(Store store) {
        this.store = store;
    }

    void recover(Consumer<RunInfo> requeue) {
        for (RunInfo run : store.runs().adopt()) {
            if (run.status() == RunStatus.QUEUED) {
                requeue.accept(run);
            } else {
                settle(run);
            }
        }
    }

    private void settle(RunInfo run) {
        try {
            for (ToolCallInfo call : store.sessions().toolCalls(run.sessionId())) {
                if (call.runId().equals(run.id()) && call.completedAt() == null) {
                    ToolOutcome outcome = new ToolOutcome.Failure(UNKNOWN);
                    store.log()
                            .append(
                                    run.sessionId(),
                                    run.id(),
                                    new ToolReturned(
                                            call.toolCallId(), call.toolName(), false, outcome.result(), UNKNOWN, 0));
                }
            }
            AgentError why = new AgentError.Interrupted("the process ended before the run did");
            store.log().append(run.sessionId(), run.id(), new RunFailed(why));
            LOG.info("run {} of session {} was interrupted", run.id(), run.sessionId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AgentException e) {
            LOG.error("run {} could not be settled: {}", run.id(), e.getMessage());
        }
    }
}
