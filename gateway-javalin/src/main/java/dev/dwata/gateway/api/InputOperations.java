package dev.dwata.gateway.api;

import dev.dwata.agent.LocalRuntime;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.InputListPayload;
import dev.dwata.types.wire.InputRespondParams;
import dev.dwata.types.wire.InputRespondPayload;
import dev.dwata.types.wire.InputView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs wait for, and the answers to it; for one principal at a time.
public record InputOperations(LocalRuntime runtime) {

    /// @param session only of this one and those that work for it; absent: all of the principal's
    /// @throws AgentException with `NotFound` if there is no such session
    public InputListPayload list(Principal who, @Nullable SessionId session) {
        LocalRuntime own = runtime.as(who);
        if (session != null) {
            own.session(session);
        }
        return new InputListPayload(views(own, session));
    }

    /// What a session that exists waits for, oldest first.
    public List<InputView> of(Principal who, SessionId session) {
        return views(runtime.as(who), session);
    }

    private static List<InputView> views(LocalRuntime own, @Nullable SessionId session) {
        return own.inputs(session).stream().map(InputView::of).toList();
    }

    /// @param client what the client is called in the log
    /// @throws AgentException with `InvalidRequest` if the answer is none, or does not fit what was asked, and
    ///                        then another can be given; `AlreadyResolved` with who was first; `NotFound`
    public InputRespondPayload respond(Principal who, String client, InputRespondParams params) {
        InputResolved taken = runtime.as(who).respond(params.requestId(), SentAnswer.of(params), client);
        return new InputRespondPayload(taken.requestId(), taken.decision());
    }
}
