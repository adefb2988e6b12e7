package dev.dwata.types;

import static java.util.Map.entry;

import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.ChildInput;
import dev.dwata.types.AgentEvent.ContextCompacted;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Queued;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.RunCancelled;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.RunInterrupted;
import dev.dwata.types.AgentEvent.RunResumed;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolProgressed;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentEvent.Truncated;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentEvent.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/// Gives each event its wire name and its payload, and reads them back. The names are part of the protocol; a
/// payload may carry more fields than the event has (`sessionId`, `runId`, `fromSelf`), which reading ignores.
public final class EventCodec {
    private static final Map<String, ObjectReader> READERS = Map.ofEntries(
            type("message", MessageReceived.class),
            type("token", Token.class),
            type("reasoning", Reasoning.class),
            type("turn", TurnCompleted.class),
            type("compacted", ContextCompacted.class),
            type("tool_call", ToolCalled.class),
            type("input_request", InputRequested.class),
            type("input_resolved", InputResolved.class),
            type("tool_started", ToolStarted.class),
            type("child_input", ChildInput.class),
            type("tool_progress", ToolProgressed.class),
            type("tool_result", ToolReturned.class),
            type("status", StatusChanged.class),
            type("queued", Queued.class),
            type("truncated", Truncated.class),
            type("final", RunCompleted.class),
            type("run_interrupted", RunInterrupted.class),
            type("run_resumed", RunResumed.class),
            type("attempt_reset", AttemptReset.class),
            type("cancelled", RunCancelled.class));

    private EventCodec() {}

    /// Logs are long, and looking up how a class is read is a part of reading a token.
    private static Map.Entry<String, ObjectReader> type(String name, Class<? extends AgentEvent> event) {
        return entry(name, Json.MAPPER.readerFor(event));
    }

    /// The name of the event on the wire and in the log.
    public static String name(AgentEvent event) {
        return switch (event) {
            case MessageReceived e -> "message";
            case Token e -> "token";
            case Reasoning e -> "reasoning";
            case TurnCompleted e -> "turn";
            case ContextCompacted e -> "compacted";
            case ToolCalled e -> "tool_call";
            case InputRequested e -> "input_request";
            case InputResolved e -> "input_resolved";
            case ToolStarted e -> "tool_started";
            case ChildInput e -> "child_input";
            case ToolProgressed e -> "tool_progress";
            case ToolReturned e -> "tool_result";
            case StatusChanged e -> "status";
            case Queued e -> "queued";
            case Truncated e -> "truncated";
            case RunCompleted e -> "final";
            case RunCancelled e -> "cancelled";
            case RunFailed e -> "error";
            case ErrorReported e -> "error";
            case RunInterrupted e -> "run_interrupted";
            case RunResumed e -> "run_resumed";
            case AttemptReset e -> "attempt_reset";
            case Unknown e -> e.name();
        };
    }

    /// The payload as JSON text: an object.
    public static String payload(AgentEvent event) {
        return Json.MAPPER.writeValueAsString(body(event));
    }

    /// The payload as a tree that the caller may add to.
    public static ObjectNode tree(AgentEvent event) {
        return Json.MAPPER.valueToTree(body(event));
    }

    /// Reads an event back. What does not fit any event of this version becomes [Unknown].
    ///
    /// @param payload JSON in UTF-8
    /// @throws JacksonException if `payload` is not JSON
    public static AgentEvent read(String name, byte[] payload) {
        AgentEvent event = null;
        try {
            event = known(name, payload);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            // decided below, on the tree: logs are long, and mostly this is not reached
        }
        return event == null ? read(name, Json.MAPPER.readTree(payload)) : event;
    }

    private static @Nullable AgentEvent known(String name, byte[] payload) {
        ObjectReader reader = READERS.get(name);
        return switch (name) {
            case "token" -> DeltaReader.token(payload);
            case "reasoning" -> DeltaReader.reasoning(payload);
            default -> reader == null ? null : reader.readValue(payload);
        };
    }

    /// Reads an event back: see [#read(String, byte[])].
    public static AgentEvent read(String name, String payload) {
        return read(name, payload.getBytes(StandardCharsets.UTF_8));
    }

    public static AgentEvent read(String name, JsonNode payload) {
        try {
            if (name.equals("error")) {
                ErrorPayload error = Json.MAPPER.treeToValue(payload, ErrorPayload.class);
                return error.fatal() ? new RunFailed(error.toError()) : new ErrorReported(error.toError());
            }
            ObjectReader reader = READERS.get(name);
            return reader == null ? new Unknown(name, payload) : reader.readValue(payload);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            return new Unknown(name, payload);
        }
    }

    private static Object body(AgentEvent event) {
        return switch (event) {
            case RunFailed e -> ErrorPayload.of(e.error(), true);
            case ErrorReported e -> ErrorPayload.of(e.error(), false);
            case Unknown e -> e.payload();
            case AttemptReset e -> e;
            case RunResumed e -> e;
            case RunInterrupted e -> e;
            case MessageReceived e -> e;
            case Token e -> e;
            case Reasoning e -> e;
            case TurnCompleted e -> e;
            case ContextCompacted e -> e;
            case ToolCalled e -> e;
            case InputRequested e -> e;
            case InputResolved e -> e;
            case ToolStarted e -> e;
            case ChildInput e -> e;
            case ToolProgressed e -> e;
            case ToolReturned e -> e;
            case StatusChanged e -> e;
            case Queued e -> e;
            case Truncated e -> e;
            case RunCompleted e -> e;
            case RunCancelled e -> e;
        };
    }
}
