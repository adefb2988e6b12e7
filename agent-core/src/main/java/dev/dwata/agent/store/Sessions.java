package dev.dwata.agent.store;

import dev.dwata.types.AgentException;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.ToolCallInfo;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sessions and what is projected from their logs. A session is invisible to everyone but its owner: methods
/// that take an owner treat another's session as one that does not exist.
public interface Sessions {

    /// Makes a session, empty and active.
    SessionInfo create(Principal owner, NewSession wanted);

    Optional<SessionInfo> find(Principal owner, SessionId id);

    /// Whether there is a session of this id, whoever owns it.
    boolean isTaken(SessionId id);

    /// Lists by last activity, newest first; equal times by id, highest first. Sessions that a run has made for
    /// a task of its own are left out.
    SessionPage list(Principal owner, SessionQuery query);

    /// Finds sessions whose title, or one of whose messages, contains all words of the query ([SearchWords]);
    /// the latest activity first. Those that were archived are left out, and those that a run has made. Where
    /// thousands of messages match, a store may look at the newest of them only.
    List<SessionHit> search(Principal owner, SessionSearch search);

    /// Changes what is given and leaves the rest.
    ///
    /// @return as it is afterwards
    /// @throws AgentException with `NotFound`
    SessionInfo update(Principal owner, SessionId id, Change change);

    /// Deletes the session with everything in it, and the sessions that its runs have made.
    ///
    /// @throws AgentException with `NotFound`, or `Conflict` while one of its runs, or of theirs, is not over
    void purge(Principal owner, SessionId id);

    /// Messages of users and assistants.
    ///
    /// @param limit  at least 1
    /// @param before only messages older than this one; absent: the latest
    /// @throws AgentException with `NotFound` if `before` is no message of this session
    MessagePage messages(SessionId id, int limit, @Nullable MessageId before);

    /// The same, older than an entry of the log, whatever that is.
    MessagePage messagesBefore(SessionId id, int limit, long seq);

    /// The summary of the latest compaction and the messages that it has kept, with all that came later; all
    /// messages where there was none. What was left out is not read.
    Transcript transcript(SessionId id);

    /// All tool calls in the order they were made.
    List<ToolCallInfo> toolCalls(SessionId id);

    /// Those that these messages of the session asked for, in the order they were made. Others are not read.
    List<ToolCallInfo> toolCalls(SessionId id, Collection<MessageId> messages);

    /// Whether a tool of one of these names has returned successfully in this session, or in another that is
    /// bound to it by a run which one of its runs works for, or which works for one of them.
    boolean hasUsed(SessionId session, Collection<String> toolNames);

    /// What to change; absent is left as it is.
    ///
    /// @param context what the session is about by now: the `context` of its configuration
    record Change(
            @Nullable String title,
            @Nullable SessionStatus status,
            @Nullable String model,
            @Nullable String agentName,
            @Nullable JsonNode context) {
        public Change(
                @Nullable String title,
                @Nullable SessionStatus status,
                @Nullable String model,
                @Nullable String agentName) {
            this(title, status, model, agentName, null);
        }

        public static Change context(JsonNode context) {
            return new Change(null, null, null, null, context);
        }

        public static Change title(String title) {
            return new Change(title, null, null, null);
        }

        public static Change status(SessionStatus status) {
            return new Change(null, status, null, null);
        }

        public static Change model(String model) {
            return new Change(null, null, model, null);
        }

        public static Change agent(String agentName) {
            return new Change(null, null, null, agentName);
        }
    }
}
