package dev.dwata.agent;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.RunProgress;

/// Turns what one model call tells into the events of its turn.
final class Telling implements DeltaSink {
    private final EventSink sink;
    private final int turn;
    private boolean streaming;

    Telling(EventSink sink, int turn) {
        this.sink = sink;
        this.turn = turn;
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
            case ModelDelta.Restarted again -> sink.emit(new AttemptReset(turn, again.reason()));
            case ModelDelta.Troubled trouble -> sink.emit(new ErrorReported(trouble.error()));
        }
    }

    private void stream() throws InterruptedException {
        if (!streaming) {
            streaming = true;
            sink.emit(new StatusChanged(RunProgress.STREAMING));
        }
    }
}
