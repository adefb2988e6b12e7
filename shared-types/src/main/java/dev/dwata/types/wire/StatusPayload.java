package dev.dwata.types.wire;

import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How things are.
///
/// @param session absent unless one was named
public record StatusPayload(Gateway gateway, @Nullable Session session) {

    /// @param uptime            seconds
    /// @param activeConnections of the caller's principal
    /// @param activeSessions    its sessions that a connection follows or in which a run is under way
    public record Gateway(String version, long uptime, int activeConnections, int activeSessions) {}

    /// @param activeRun     absent where nothing runs
    /// @param pendingInputs what the session's runs, and those that work for them, wait for
    /// @param model     what answers in this session
    /// @param tokens    input and output of all its runs together, those included that work for them
    /// @param usage     the same in detail, and what it cost
    /// @param view      as in a list of sessions
    /// @param participants who is there: clients in the order in which they came, then the agent
    public record Session(
            SessionId id,
            long messageCount,
            int queuedRequests,
            @Nullable RunId activeRun,
            int pendingInputs,
            String model,
            long tokens,
            TokenUsage usage,
            SessionView view,
            List<ParticipantView> participants) {}
}
