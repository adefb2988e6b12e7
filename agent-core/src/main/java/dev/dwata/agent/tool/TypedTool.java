package dev.dwata.agent.tool;

import dev.dwata.types.Json;
import dev.dwata.types.schema.RecordSchema;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;

/// A tool that reads its arguments into a record.
record TypedTool<A extends Record>(ToolSpec spec, Class<A> type, Tool.Review<A> reviewer, Tool.Body<A> body)
        implements Tool {

    @Override
    public ToolOutcome call(JsonNode arguments, ToolContext context) throws Exception {
        String missing = missing(arguments);
        if (missing != null) {
            return new ToolOutcome.Retry("'" + missing + "' is required");
        }
        A read;
        try {
            read = Json.MAPPER.treeToValue(arguments, type);
        } catch (JacksonException e) {
            return new ToolOutcome.Retry(describe(e));
        }
        return body.call(read, context);
    }

    /// Of arguments that do not fit there is nothing to say: the call will say it, and do nothing.
    @Override
    public CallReview review(JsonNode arguments, ToolContext context) throws Exception {
        if (missing(arguments) != null) {
            return CallReview.PLAIN;
        }
        A read;
        try {
            read = Json.MAPPER.treeToValue(arguments, type);
        } catch (JacksonException e) {
            return CallReview.PLAIN;
        }
        return reviewer.review(read, context);
    }

    private @Nullable String missing(JsonNode arguments) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = RecordSchema.name(component);
            if (RecordSchema.required(component) && !arguments.hasNonNull(name)) {
                return name;
            }
        }
        return null;
    }

    private static String describe(JacksonException e) {
        String field = "";
        if (e instanceof DatabindException bad && !bad.getPath().isEmpty()) {
            field = "'" + bad.getPath().getFirst().getPropertyName() + "': ";
        }
        return field + e.getOriginalMessage();
    }
}
