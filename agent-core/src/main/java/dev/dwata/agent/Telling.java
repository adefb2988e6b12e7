package dev.dwata.agent;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.RunProgress;

/// Turns what the model calls of one turn tell into its events. Mostly it is one call.
final class Telling implements DeltaSink {
    private final EventSink sink;
    private final int turn;
    private boolean streaming;
    private boolean said;

    Telling(EventSink sink, int turn) {
        this.sink = sink;
        this.turn = turn;
    }

    /// To be called before each call: what an earlier one has said is void.
    void begin() throws InterruptedException {
        if (said) {
            said = false;
            sink.emit(new AttemptReset(turn, "the conversation had to be shortened"));
        }
    }

    @Override
    public void accept(ModelDelta delta) throws InterruptedException {
        switch (delta) {
            case ModelDelta.Text text -> {
                stream();
                sink.emit(new Token(text.text(), turn));
            }
            case ModelDelta.Reasoning thought -> {
                stream();
                sink.emit(new Reasoning(thought.text(), turn));
            }
            case ModelDelta.Restarted again -> {
                said = false;
                sink.emit(new AttemptReset(turn, again.reason()));
            }
            case ModelDelta.Troubled trouble -> sink.emit(new ErrorReported(trouble.error()));
        }
    }

    private void stream() throws InterruptedException {
        said = true;
        if (!streaming) {
            streaming = true;
            sink.emit(new StatusChanged(RunProgress.STREAMING));
        }
    }
}
