package dev.dwata.agent.remote;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.AgentParams;
import dev.dwata.types.wire.AgentPayload;
import dev.dwata.types.wire.CommandResultPayload;
import dev.dwata.types.wire.Frame;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Slash commands over a link, one at a time: what a command says comes as an event that does not name its
/// request.
final class RemoteCommands {
    private static final String RESULT = "command_result";
    private static final long ANSWER_SECONDS = 30;
    private static final int UNCLAIMED = 16;

    private final Link link;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final BlockingQueue<JsonNode> results = new ArrayBlockingQueue<>(UNCLAIMED);

    RemoteCommands(Link link) {
        this.link = link;
    }

    /// Hears of every event, on the socket's thread. A result that nobody waits for is dropped sooner or later.
    void happened(Frame.Event event) {
        if (event.event().equals(RESULT)) {
            results.offer(event.payload());
        }
    }

    RemoteRuntime.CommandReply run(@Nullable SessionId session, String text) {
        oneAtATime.lock();
        try {
            results.clear();
            AgentParams params = new AgentParams(text, session, null, null, null, null, null);
            AgentPayload taken = Json.MAPPER.treeToValue(link.call("agent", params), AgentPayload.class);
            if (taken.runId() != null) {
                throw new AgentException(new AgentError.InvalidRequest("the gateway took the command for a message"));
            }
            JsonNode said = results.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (said == null) {
                throw new AgentException(new AgentError.Timeout(
                        "the gateway did not say in " + ANSWER_SECONDS + " s what came of the command"));
            }
            return new RemoteRuntime.CommandReply(
                    Json.MAPPER.treeToValue(said, CommandResultPayload.class), taken.sessionId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(new AgentError.Interrupted("interrupted while waiting for the gateway"), e);
        } finally {
            oneAtATime.unlock();
        }
    }
}
