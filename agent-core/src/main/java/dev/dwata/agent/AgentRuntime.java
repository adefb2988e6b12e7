package dev.dwata.agent;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.InputRequest;
import dev.dwata.types.InputResponse;
import dev.dwata.types.ProcessId;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs agents for one principal: in this JVM over a store ([LocalRuntime]), or over a gateway. Code
/// written against one runs against the other.
///
/// A run is not tied to the object that started it: closing a [Run] detaches from it, [Run#cancel] stops it.
/// All methods may be called from many threads; those that cannot do what was asked throw [AgentException].
public interface AgentRuntime extends AutoCloseable {

    /// Puts a runtime together for this JVM.
    static LocalRuntime.Builder builder() {
        return new LocalRuntime.Builder();
    }

    default Session createSession() {
        return createSession(NewSession.PLAIN);
    }

    Session createSession(NewSession wanted);

    /// @throws AgentException with `NotFound` if there is none of this principal's
    Session session(SessionId id);

    /// Asks in a new session, which is made together with the run: see [Session#prompt].
    Run prompt(NewSession wanted, Prompt prompt);

    /// Stores an image or a file, for [Prompt#with]. The stream is read to its end and never held as a whole.
    ///
    /// @param bytes     at most [Attachments#MAX_BYTES]; not closed
    /// @param mediaType `image/png`, `image/jpeg`, `image/gif`, `image/webp`, `application/pdf` or `text/*`
    /// @param name      of the file
    /// @throws IOException    if the stream cannot be read
    /// @throws AgentException with `Unsupported`, `TooLarge`, or `InvalidRequest` where there is nothing in it
    Attachment attach(InputStream bytes, String mediaType, String name) throws IOException;

    /// Sessions by last activity, newest first.
    SessionPage sessions(SessionQuery query);

    List<SessionHit> search(SessionSearch search);

    /// Stops a run, queued or active. Returns at once; the run's `RunCancelled` comes when it has stopped.
    ///
    /// @param reason for people, and kept with the run
    /// @throws AgentException with `NotFound`, or `Conflict` if the run is over
    void cancel(RunId run, String reason);

    /// Has a run carried on that was cut off and waits for that: see [ResumeMode#MANUAL]. It goes on from its
    /// last durable step when it is its turn.
    ///
    /// @throws AgentException with `NotFound`, or `Conflict` if it is over or does not wait
    void resume(RunId run);

    /// What runs wait for from outside: approvals, questions, calls of clients' tools.
    ///
    /// @param session only what that session and those that work for it wait for; absent: all
    /// @return oldest first
    List<InputRequest> inputs(@Nullable SessionId session);

    /// Answers an input request. The first answer counts, from whichever client and process; what waits goes on
    /// with it, also when it was cut off meanwhile and is carried on later.
    ///
    /// @throws AgentException with `NotFound`; `AlreadyResolved`, with what became of it, for a second
    ///                        answer and when the time is up; `InvalidRequest` for an answer that does not
    ///                        fit, naming what is wrong: it can be given again
    void respond(InputId request, InputResponse response);

    /// The tool calls that are under way, those of other processes of dwata included.
    ///
    /// @param session only of this one; absent: all
    /// @return oldest first, at most 1,000
    /// @throws AgentException with `NotFound` if there is no such session
    List<RunningTool> processes(@Nullable SessionId session);

    /// Stops one tool call. Returns at once; the model is told that the call was cancelled, and the run goes
    /// on.
    ///
    /// @param reason for the model
    /// @throws AgentException with `NotFound` if it is over; `Conflict` if it has not begun, or another process
    ///                        of dwata carries it out
    void stopProcess(ProcessId process, String reason);

    /// Lets go. Runs of a local runtime are ended as interrupted; runs at a gateway go on.
    @Override
    void close();
}
