package dev.dwata.agent;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Ends a run that was stopped and goes on all the same, because something in it does not heed the
/// interrupt: its open calls are answered, and its end names them. What they still say is refused by the
/// store.
///
/// @param running  the calls of this process
/// @param patience how long what was stopped may take
record ForcedEnd(RunningCalls running, Duration patience) {

    void end(RunId run, Terminal end, EventSink log) throws InterruptedException {
        List<String> unstopped = new ArrayList<>();
        for (RunningCall call : running.of(run)) {
            String name = call.call().name();
            unstopped.add("the tool " + name);
            String error =
                    "it was stopped, but has not ended within " + patience.toSeconds() + " s and may still be going on";
            log.emit(new ToolReturned(
                    call.call().id(),
                    name,
                    false,
                    Json.MAPPER.createObjectNode().put("success", false).put("error", error),
                    error,
                    patience.toMillis()));
        }
        if (unstopped.isEmpty()) {
            unstopped.add("the call of the model");
        }
        unstopped.addAll(running.leftBehind(run));
        log.emit(naming(end, unstopped));
    }

    /// The end of a run that has stopped, with what its calls have left behind.
    AgentEvent orderly(RunId run, AgentEvent end) {
        return naming(end, running.leftBehind(run));
    }

    private static AgentEvent naming(AgentEvent end, List<String> unstopped) {
        return end instanceof RunCancelled cancelled && !unstopped.isEmpty()
                ? new RunCancelled("The run was cancelled; not all of it has stopped.", cancelled.reason(), unstopped)
                : end;
    }
}
