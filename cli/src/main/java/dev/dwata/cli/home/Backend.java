package dev.dwata.cli.home;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.InputResponse;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentsListPayload;
import dev.dwata.types.wire.UsageParams;
import dev.dwata.types.wire.UsagePayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The runtime that a command works with, and what a command needs besides.
public interface Backend extends AutoCloseable {
    AgentRuntime runtime();

    SlashCommands commands();

    LastSession lastSession();

    /// Whether runs happen at a gateway, by its rules and in its workspace.
    boolean isRemote();

    /// Where that is, in a few words.
    String place();

    /// Who says what this command says.
    Prompt.Origin origin();

    /// The agents there are.
    ///
    /// @param name only this one, with its instructions; absent: all
    /// @throws AgentException with `InvalidRequest` if there is none of this name
    AgentsListPayload agents(@Nullable String name);

    /// Carries on with what a process that is gone has left in a session, where nobody else does.
    void takeUp(SessionId session);

    /// Deletes the session with everything in it.
    ///
    /// @throws AgentException with `NotFound`, or `Conflict` while one of its runs is not over
    void delete(SessionId session);

    /// Stops the run that is under way in a session.
    ///
    /// @throws AgentException with `NotFound` where nothing runs
    void cancelActive(SessionId session, String reason);

    /// What models were used.
    ///
    /// @throws AgentException with `InvalidRequest`
    UsagePayload usage(UsageParams params);

    /// The tools that are always there, for runs in this process.
    ///
    /// @throws AgentException with `Unsupported` where runs happen at a gateway
    default List<ToolSpec> tools() {
        throw new AgentException(new AgentError.Unsupported("a gateway does not tell its tools"));
    }

    /// Answers an input request, in the name of this client.
    ///
    /// @throws AgentException see [AgentRuntime#respond]
    default void respond(InputId request, InputResponse response) {
        runtime().respond(request, response);
    }

    @Override
    void close();
}
