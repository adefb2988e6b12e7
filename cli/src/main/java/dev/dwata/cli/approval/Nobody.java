package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import org.jspecify.annotations.Nullable;

/// Answers where no person is: agrees to nothing.
public record Nobody() implements Approver {

    @Override
    public @Nullable InputResponse ask(InputRequested request) {
        return switch (request.kind()) {
            case APPROVAL, QUESTION -> new InputResponse.Reject("nobody is there to be asked");
            case CLIENT_TOOL -> null;
        };
    }

    @Override
    public boolean isPerson() {
        return false;
    }
}
