package dev.dwata.cli.output;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ChildInput;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentEvent.Truncated;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentEvent.Unknown;
import dev.dwata.types.Envelope;
import dev.dwata.types.StopReason;
import org.jspecify.annotations.Nullable;

/// Events as a person reads them: the answer as it comes, and beside it thoughts, tools, places in the queue,
/// messages of others, errors.
public final class TextPrinter implements EventPrinter {
    private static final int OTHERS_MESSAGE = 2_000;

    private final Screen screen;
    private final String clientId;
    private final ToolLines tools;
    private boolean turnHasText;
    private int positionShown;
    private @Nullable String failureShown;

    /// @param clientId what this client calls itself, by which it knows its own messages
    public TextPrinter(Screen screen, String clientId) {
        this.screen = screen;
        this.clientId = clientId;
        this.tools = new ToolLines(screen.style());
    }

    @Override
    public void print(Envelope envelope) {
        switch (envelope.event()) {
            case MessageReceived message -> message(message);
            case Queued queued -> queued(queued);
            case Token token -> {
                screen.answer(token.content());
                turnHasText = true;
            }
            case Reasoning thought -> screen.aside(thought.content());
            case TurnCompleted turn -> turn(turn);
            case ContextCompacted compacted -> {
                screen.endLine();
                screen.note("the conversation was summarised for the model: " + compacted.tokensBefore() + " to "
                        + compacted.tokensAfter() + " tokens");
            }
            case ToolCalled call -> screen.note(tools.called(call));
            case InputRequested asked -> asked(asked);
            case InputResolved resolved -> resolved(resolved);
            case ChildInput child -> {
                if (child.request() != null) {
                    asked(child.request());
                }
                if (child.resolution() != null) {
                    resolved(child.resolution());
                }
            }
            case ToolStarted started -> {
                // its call was shown, and that somebody agreed to it
            }
            case ToolProgressed progress -> progress(progress);
            case ToolReturned result -> returned(result);
            case ErrorReported error -> error(error.error());
            case RunCompleted end -> completed(end);
            case RunCancelled cancelled -> {
                screen.endLine();
                screen.note("cancelled (" + Printable.line(cancelled.reason(), 200) + ")");
            }
            case RunFailed failed -> {
                screen.endLine();
                error(failed.error());
            }
            case StatusChanged status -> {
                // the text and the tool lines say as much
            }
            case RunInterrupted interrupted -> {
                screen.endLine();
                screen.note("interrupted: " + Printable.line(interrupted.reason(), 200));
            }
            case RunResumed resumed -> {
                screen.endLine();
                screen.note("goes on with turn " + resumed.turn() + ", attempt " + resumed.attempt());
            }
            case AttemptReset reset -> {
                screen.endLine();
                screen.note("what this turn has said so far is void: " + Printable.line(reset.reason(), 200));
            }
            case Truncated truncated -> {
                screen.endLine();
                screen.note("part of what was shown comes again: it was put together since");
            }
            case Unknown unknown -> {
                // of a newer version: nothing to show it with
            }
        }
    }

    private void asked(InputRequested asked) {
        screen.endLine();
        String what = switch (asked.kind()) {
            case APPROVAL -> "waits for somebody to agree to ";
            case QUESTION -> "waits for an answer, asked by ";
            case CLIENT_TOOL -> "waits for a client to carry out ";
        };
        screen.note(what + Printable.line(asked.toolName(), 200) + " (" + asked.requestId() + ")");
    }

    private void resolved(InputResolved resolved) {
        screen.endLine();
        String by = resolved.by() == null ? "" : " by " + Printable.line(resolved.by(), 200);
        screen.note(resolved.decision().wireName() + by + " (" + resolved.requestId() + ")");
    }

    private void message(MessageReceived message) {
        if (!clientId.equals(message.clientId())) {
            screen.endLine();
            String from = "[" + message.clientType().wireName() + "] ";
            int attached =
                    message.attachments() == null ? 0 : message.attachments().size();
            screen.note(screen.style().bold(from)
                    + Printable.line(message.content(), OTHERS_MESSAGE)
                    + (attached == 0 ? "" : " (" + attached + " attached)"));
        }
    }

    /// A place may be told twice: with the answer to the prompt, and as an event.
    private void queued(Queued queued) {
        if (queued.position() > 0 && queued.position() != positionShown) {
            positionShown = queued.position();
            screen.note("queued at position " + queued.position());
        }
    }

    /// The text of a turn whose deltas were not seen is shown as a whole.
    private void turn(TurnCompleted turn) {
        String text = turn.message().text();
        if (!turnHasText && !text.isEmpty()) {
            screen.answer(text);
        }
        turnHasText = false;
        screen.endLine();
    }

    private void progress(ToolProgressed progress) {
        if (screen.style().color() && progress.message() != null) {
            screen.note(screen.style().dim("  " + Printable.line(progress.message(), OTHERS_MESSAGE)));
        }
    }

    private void returned(ToolReturned result) {
        screen.note(tools.returned(result));
        failureShown = result.success() ? null : result.toolName() + ": " + result.error();
    }

    private void error(AgentError error) {
        if (!error.message().equals(failureShown)) {
            screen.note(screen.style().red("error: ") + Printable.line(error.message(), OTHERS_MESSAGE));
        }
        failureShown = null;
    }

    private void completed(RunCompleted end) {
        screen.endLine();
        positionShown = 0;
        if (end.stopReason() == StopReason.MAX_TOKENS) {
            screen.note("the answer was cut off at the model's limit of output tokens");
        } else if (end.stopReason() == StopReason.REFUSAL) {
            screen.note("the model declined to answer");
        } else if (end.content().isEmpty()) {
            screen.note("the answer is empty");
        }
    }
}
