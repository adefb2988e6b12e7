package dev.dwata.agent;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.observe.Observed;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.Part;
import dev.dwata.types.RunInfo;

/// A run as observers see it, from when this process has it to when it is over or somebody else's.
final class WatchedRun {
    private final Observed.Place place;
    private final Scope run;
    private final Scope queue;

    private WatchedRun(Observed.Place place, Scope run) {
        this.place = place;
        this.run = run;
        this.queue = run.begin(new Observed.QueueWait(place));
    }

    /// @param within what it is a part of
    static WatchedRun begin(Scope within, RunInfo run) {
        Observed.Place place = new Observed.Place(run.sessionId(), run.id(), run.agentName());
        return new WatchedRun(place, within.begin(new Observed.Run(place)));
    }

    /// It is its turn.
    void begun() {
        queue.end(new Outcome.Done());
    }

    /// Its end is stored.
    void ended(Terminal end) {
        queue.close();
        run.end(
                switch (end) {
                    case RunCompleted it -> new Outcome.Completed(it.usage(), it.stopReason(), it.turns());
                    case RunFailed it -> new Outcome.Failed(it.error());
                    case RunCancelled it -> new Outcome.Stopped();
                });
    }

    /// This process has nothing more to do with it.
    void letGo() {
        queue.close();
        run.close();
    }

    /// The same model, watched when it is asked.
    Model model(Model model) {
        return model.through(new WatchedModel(model, place, run));
    }

    /// The same model, watched when it summarises.
    Model writer(Model model) {
        return model.through((request, sink) -> {
            try (Scope step = run.begin(new Observed.Compaction(place))) {
                ModelReply reply = new WatchedModel(model, place, step).stream(request, sink);
                step.end(new Outcome.Done());
                return reply;
            }
        });
    }

    Scope call(Part.ToolCall call) {
        return run.begin(new Observed.ToolCall(place, call.id(), call.name(), call.arguments()));
    }
}
