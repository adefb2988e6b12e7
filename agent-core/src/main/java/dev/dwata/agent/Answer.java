package dev.dwata.agent;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.RunId;
import dev.dwata.types.TokenUsage;
import tools.jackson.core.JacksonException;

/// An answer that is a record, and the run that gave it.
///
/// @param usage what all turns of the run used together
public record Answer<T extends Record>(T value, RunId run, TokenUsage usage, int turns) {

    /// Waits for the end of a run that was started with [Prompt#as] of the same type.
    ///
    /// @throws AgentException with why the run failed, `Conflict` if it was cancelled, or `ModelRejected` if
    ///                        the answer is no such record
    public static <T extends Record> Answer<T> of(Run run, Class<T> type) {
        return switch (run.await()) {
            case AgentEvent.RunCompleted end ->
                new Answer<>(read(end.content(), type), run.id(), end.usage(), end.turns());
            case AgentEvent.RunFailed end -> throw new AgentException(end.error());
            case AgentEvent.RunCancelled end ->
                throw new AgentException(new AgentError.Conflict("the run was cancelled: " + end.reason()));
        };
    }

    /// A record may know better than its schema, and throw.
    private static <T extends Record> T read(String content, Class<T> type) {
        try {
            return Json.MAPPER.readValue(content, type);
        } catch (JacksonException e) {
            throw new AgentException(
                    new AgentError.ModelRejected(
                            "the answer is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), 0),
                    e);
        }
    }
}
