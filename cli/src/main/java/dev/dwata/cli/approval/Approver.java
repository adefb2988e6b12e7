package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputResponse;
import org.jspecify.annotations.Nullable;

/// Has a person answer what a run waits for.
@FunctionalInterface
public interface Approver {

    /// @return absent where there is nothing to answer with: somebody else may
    /// @throws InterruptedException when it need not be answered any more
    @Nullable
    InputResponse ask(InputRequested request) throws InterruptedException;

    /// Agrees to what is asked only because a tool's level says so. What is asked for a reason, and what is a
    /// question, is for somebody else.
    static Approver yesOr(Approver somebody) {
        return request -> request.kind() == InputKind.APPROVAL && request.reason() == null
                ? new InputResponse.Approve()
                : somebody.ask(request);
    }

    /// Agrees to nothing.
    static Approver nobody() {
        return request -> switch (request.kind()) {
            case APPROVAL, QUESTION -> new InputResponse.Reject("nobody is there to be asked");
            case CLIENT_TOOL -> null;
        };
    }
}
