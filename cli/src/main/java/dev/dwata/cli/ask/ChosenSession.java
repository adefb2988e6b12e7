package dev.dwata.cli.ask;

import dev.dwata.agent.Session;
import dev.dwata.cli.home.Backend;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the session a command is about: the one that is named, else the last one.
public final class ChosenSession {
    private final Backend backend;
    private final StandardStreams streams;

    public ChosenSession(Backend backend, StandardStreams streams) {
        this.backend = backend;
        this.streams = streams;
    }

    /// @param named absent: the last one
    /// @param fresh whether it is to be a new one
    /// @return absent for a new one
    public @Nullable Session choose(@Nullable String named, boolean fresh) {
        if (named != null) {
            return backend.runtime().session(id(named));
        }
        return fresh ? null : last();
    }

    /// The same for what needs a session that exists.
    public Session existing(@Nullable String named) {
        Session session = choose(named, false);
        if (session == null) {
            throw new AgentException(new AgentError.NotFound("there is no session yet; name one with --session ID"));
        }
        return session;
    }

    static SessionId id(String text) {
        try {
            return new SessionId(text.strip());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("'" + text + "' is not the id of a session; 'dwata sessions' lists them");
        }
    }

    /// The last one, unless it is gone or was put away.
    private @Nullable Session last() {
        Optional<SessionId> last = backend.lastSession().find();
        if (last.isEmpty()) {
            return null;
        }
        try {
            Session session = backend.runtime().session(last.get());
            if (session.info().status() != SessionStatus.ARCHIVED) {
                return session;
            }
            streams.notice("the last session was archived: beginning a new one");
        } catch (AgentException e) {
            if (!(e.error() instanceof AgentError.NotFound)) {
                throw e;
            }
            streams.notice("the last session is gone: beginning a new one");
        }
        return null;
    }
}
