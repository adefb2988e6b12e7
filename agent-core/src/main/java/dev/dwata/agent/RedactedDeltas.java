package dev.dwata.agent;

import dev.dwata.agent.redaction.Pieces;
import dev.dwata.agent.redaction.Redaction;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.TurnCompleted;
import org.jspecify.annotations.Nullable;

/// Takes the secrets out of what a model says piece by piece, also where one is cut in two. The end of what was
/// said waits while it may be the beginning of one; whatever completes the text or cuts it off lets it out.
final class RedactedDeltas {
    private final EventSink sink;
    private final @Nullable Pieces text;
    private final @Nullable Pieces thoughts;
    private int turn;

    /// @param sink takes what may be shown
    RedactedDeltas(Redaction redaction, EventSink sink) {
        this.sink = sink;
        this.text = redaction.pieces();
        this.thoughts = redaction.pieces();
    }

    /// @return whether the event is taken care of: it is a delta
    boolean take(AgentEvent event) throws InterruptedException {
        if (text == null || thoughts == null) {
            return false;
        }
        switch (event) {
            case Token e -> {
                turn = e.turn();
                letOut(thoughts, false);
                String shown = text.accept(e.content());
                if (!shown.isEmpty()) {
                    sink.emit(shown.equals(e.content()) ? e : new Token(shown, turn));
                }
                return true;
            }
            case Reasoning e -> {
                turn = e.turn();
                letOut(text, true);
                String shown = thoughts.accept(e.content());
                if (!shown.isEmpty()) {
                    sink.emit(shown.equals(e.content()) ? e : new Reasoning(shown, turn));
                }
                return true;
            }
            case AttemptReset e -> {
                text.flush();
                thoughts.flush();
            }
            case TurnCompleted e -> letOut();
            case Terminal e -> letOut();
            case RunInterrupted e -> letOut();
            case AgentEvent.InputRequested e -> {}
            case AgentEvent.InputResolved e -> {}
            case AgentEvent.ToolStarted e -> {}
            case AgentEvent.Live e -> {}
            case AgentEvent.MessageReceived e -> {}
            case AgentEvent.ContextCompacted e -> {}
            case AgentEvent.ToolCalled e -> {}
            case AgentEvent.ToolReturned e -> {}
            case AgentEvent.ErrorReported e -> {}
            case AgentEvent.RunResumed e -> {}
            case AgentEvent.Unknown e -> {}
        }
        return false;
    }

    private void letOut() throws InterruptedException {
        letOut(thoughts, false);
        letOut(text, true);
    }

    /// What is not taken stays, and is given again.
    private void letOut(@Nullable Pieces pieces, boolean answer) throws InterruptedException {
        String held = pieces == null ? "" : pieces.held();
        if (!held.isEmpty()) {
            sink.emit(answer ? new Token(held, turn) : new Reasoning(held, turn));
        }
        if (pieces != null) {
            pieces.flush();
        }
    }
}
