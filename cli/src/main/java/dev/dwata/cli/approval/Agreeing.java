package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputResponse;
import org.jspecify.annotations.Nullable;

/// Agrees to what is asked only because a tool's level says so.
///
/// @param otherwise answers what is asked for a reason, and what is a question
public record Agreeing(Approver otherwise) implements Approver {

    @Override
    public @Nullable InputResponse ask(InputRequested request) throws InterruptedException {
        return request.kind() == InputKind.APPROVAL && request.reason() == null
                ? new InputResponse.Approve()
                : otherwise.ask(request);
    }

    @Override
    public boolean isPerson() {
        return false;
    }
}
