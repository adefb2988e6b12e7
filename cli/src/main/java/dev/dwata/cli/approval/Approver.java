package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import org.jspecify.annotations.Nullable;

/// Has a person answer what a run waits for.
@FunctionalInterface
public interface Approver {

    /// @return absent where there is nothing to answer with: somebody else may
    /// @throws InterruptedException when it need not be answered any more
    @Nullable
    InputResponse ask(InputRequested request) throws InterruptedException;

    /// Agrees to every call, and answers no question.
    static Approver yes() {
        return request -> switch (request.kind()) {
            case APPROVAL -> new InputResponse.Approve();
            case QUESTION -> new InputResponse.Reject("nobody is there to answer");
            case CLIENT_TOOL -> null;
        };
    }

    /// Agrees to nothing.
    static Approver nobody() {
        return request -> switch (request.kind()) {
            case APPROVAL, QUESTION -> new InputResponse.Reject("nobody is there to be asked");
            case CLIENT_TOOL -> null;
        };
    }
}
