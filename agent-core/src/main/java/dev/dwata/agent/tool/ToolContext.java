package dev.dwata.agent.tool;

import dev.dwata.agent.observe.Scope;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import org.jspecify.annotations.Nullable;

/// For whom and where a tool is called.
///
/// @param principal  on whose behalf
/// @param toolCallId unique within the run
/// @param progress   where to report how it gets on
/// @param scope      the call, as observers see it: what the tool does that is worth watching begins there
/// @param asking     how to ask people and clients
public record ToolContext(
        Principal principal,
        SessionId sessionId,
        RunId runId,
        String toolCallId,
        ProgressSink progress,
        Scope scope,
        Asking asking) {

    /// One that nobody watches, and where nobody can be asked.
    public ToolContext(
            Principal principal, SessionId sessionId, RunId runId, String toolCallId, ProgressSink progress) {
        this(principal, sessionId, runId, toolCallId, progress, Scope.NONE, Asking.NOBODY);
    }

    /// The same for every attempt at this call, and for no other call.
    public String idempotencyKey() {
        return runId.value() + "/" + toolCallId;
    }

    /// @throws InterruptedException if the call was cancelled
    public void checkCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
    }

    /// Takes reports of progress and passes them to whoever watches.
    @FunctionalInterface
    public interface ProgressSink {
        /// @param progress 0 to 1; absent where it cannot be told
        /// @param message  for people; absent where there is nothing to say
        void report(@Nullable Double progress, @Nullable String message) throws InterruptedException;
    }
}
