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

    /// Looks at a call before anybody agrees to it; nothing is done yet. It is asked again right before the
    /// call.
    ///
    /// @param arguments a JSON object; not checked against the schema
    /// @throws Exception if that cannot be told: then the call does not happen, and the model is told the
    ///                   message
    default CallReview review(JsonNode arguments, ToolContext context) throws Exception {
        return CallReview.PLAIN;
    }

    /// Whether calls of one reply may run at the same time as each other, and as others of which this is true.
    /// Unless said otherwise, true of what has no effect.
    default boolean runsBesideOthers() {
        return spec().effect() == Effect.PURE;
    }

    /// A tool whose arguments are a record. Arguments that do not fit the record are answered with
    /// [ToolOutcome.Retry], naming the field, before `body` is called.
    static <A extends Record> Tool of(ToolSpec.Head head, Class<A> arguments, Body<A> body) {
        ToolSpec spec = head.with(RecordSchema.closed(arguments));
        return new TypedTool<>(spec, arguments, (read, context) -> CallReview.PLAIN, body);
    }

    /// One that looks at its calls first.
    static <A extends Record> Tool of(ToolSpec.Head head, Class<A> arguments, Review<A> review, Body<A> body) {
        ToolSpec spec = head.with(RecordSchema.closed(arguments));
        return new TypedTool<>(spec, arguments, review, body);
    }

    /// What a typed tool knows of a call before: see [#review].
    @FunctionalInterface
    interface Review<A extends Record> {
        CallReview review(A arguments, ToolContext context) throws Exception;
    }

    /// What a typed tool does.
    @FunctionalInterface
    interface Body<A extends Record> {
        ToolOutcome call(A arguments, ToolContext context) throws Exception;
    }
}
