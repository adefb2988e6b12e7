package dev.dwata.cli.output;

import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Envelope;

/// The answer alone, when it is whole; everything else beside it as a person reads it. For answers that
/// programs read, of which nothing must be seen that is void later.
public final class AnswerPrinter implements EventPrinter {
    private final Screen screen;
    private final EventPrinter beside;

    /// @param beside shows what is not the answer
    public AnswerPrinter(Screen screen, EventPrinter beside) {
        this.screen = screen;
        this.beside = beside;
    }

    @Override
    public void print(Envelope envelope) {
        if (envelope.event() instanceof Token || envelope.event() instanceof TurnCompleted) {
            return;
        }
        if (envelope.event() instanceof RunCompleted end) {
            screen.answer(end.content());
        }
        beside.print(envelope);
    }
}
