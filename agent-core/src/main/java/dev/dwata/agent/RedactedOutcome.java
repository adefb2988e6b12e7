package dev.dwata.agent;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Part;

/// What a tool says, as the model is told and the log keeps it: the same for both, so that a run which is
/// carried on from the log knows what it knew before.
final class RedactedOutcome {
    static final String WITHHELD = "not done: '" + Redaction.MARK + "' in the arguments stands for a secret, which is"
            + " neither stored nor told to a model, and would be lost; leave the places where it stands as they are";

    private RedactedOutcome() {}

    static ToolOutcome of(ToolOutcome outcome, Redaction redaction) {
        return switch (outcome) {
            case ToolOutcome.Success it -> new ToolOutcome.Success(redaction.object(it.data()));
            case ToolOutcome.Retry it -> new ToolOutcome.Retry(redaction.text(it.message()));
            case ToolOutcome.Failure it -> new ToolOutcome.Failure(redaction.text(it.message()));
            case ToolOutcome.Denied it -> new ToolOutcome.Denied(redaction.text(it.message()));
            case ToolOutcome.Skipped it -> new ToolOutcome.Skipped(redaction.text(it.message()));
        };
    }

    /// Whether something in the arguments is not what it stands for: the log does not hold them as they were,
    /// or the model passes on what it was not told.
    static boolean hides(Part.ToolCall call, Redaction redaction) {
        return !redaction.isNone() && call.arguments().toString().contains(Redaction.MARK);
    }
}
