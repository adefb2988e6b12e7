package dev.dwata.agent.tool;

import dev.dwata.types.Effect;
import dev.dwata.types.schema.RecordSchema;
import tools.jackson.databind.JsonNode;

/// Something a model can call. Implementations may be called from many threads.
///
/// A tool is cancelled by interrupting the thread it runs on; one that computes for long asks
/// [ToolContext#checkCancelled] now and then.
public interface Tool {
    ToolSpec spec();

    /// Does it.
    ///
    /// @param arguments a JSON object; not checked against the schema
    /// @throws InterruptedException when cancelled
    /// @throws Exception            for any other failure: the model is told its message, and the log the rest
    ToolOutcome call(JsonNode arguments, ToolContext context) throws Exception;

    /// Whether calls of one reply may run at the same time as each other, and as others of which this is true.
    /// Unless said otherwise, true of what has no effect.
    default boolean runsBesideOthers() {
        return spec().effect() == Effect.PURE;
    }

    /// A tool whose arguments are a record. Arguments that do not fit the record are answered with
    /// [ToolOutcome.Retry], naming the field, before `body` is called.
    static <A extends Record> Tool of(ToolSpec.Head head, Class<A> arguments, Body<A> body) {
        ToolSpec spec = head.with(RecordSchema.closed(arguments));
        return new TypedTool<>(spec, arguments, body);
    }

    /// What a typed tool does.
    @FunctionalInterface
    interface Body<A extends Record> {
        ToolOutcome call(A arguments, ToolContext context) throws Exception;
    }
}
