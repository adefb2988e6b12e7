package dev.dwata.gateway.openapi;

import dev.dwata.types.schema.RecordSchema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one route is for, as `/openapi.json` tells it; written where the route is added. A route of which
/// nothing is said is left out there: it belongs to a protocol that has a description of its own.
///
/// What need not be said: parameters of the path, the token, and the errors that every route may answer.
public final class Operation {
    private static final String JSON = "application/json";

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private @Nullable String tag;
    private String summary = "";
    private String details = "";
    private @Nullable Body body;

    /// @param in `query`, `header` or `path`
    record Parameter(String in, String name, Type type, String about, boolean required) {}

    /// @param type     absent where it is not JSON
    /// @param fromPath fields of the type that the path says
    record Body(String mediaType, @Nullable Class<?> type, boolean required, List<String> fromPath) {}

    /// @param type absent where it is not JSON, or empty
    /// @param mediaType absent where it is empty
    record Answer(
            int status,
            @Nullable String mediaType,
            @Nullable Class<?> type,
            String about) {}

    /// @param tag     the group of routes that it belongs to, such as `sessions`
    /// @param summary a few words that begin with a verb
    public Operation about(String tag, String summary) {
        this.tag = tag;
        this.summary = summary;
        return this;
    }

    /// More than the summary says.
    public Operation details(String details) {
        this.details = details;
        return this;
    }

    /// A parameter of the path that is more than an id.
    public Operation path(String name, String about) {
        parameters.add(new Parameter("path", name, String.class, about, true));
        return this;
    }

    /// A parameter of the query, which may be left out.
    ///
    /// @param type for example `Integer.class`, `String.class`, or an enum
    public Operation query(String name, Class<?> type, String about) {
        parameters.add(new Parameter("query", name, type, about, false));
        return this;
    }

    /// Parameters of the query as a record has them.
    public Operation queries(Class<? extends Record> params) {
        for (RecordComponent component : params.getRecordComponents()) {
            parameters.add(new Parameter(
                    "query",
                    RecordSchema.name(component),
                    component.getGenericType(),
                    "",
                    RecordSchema.required(component)));
        }
        return this;
    }

    /// A header, which may be left out.
    public Operation header(String name, String about) {
        parameters.add(new Parameter("header", name, String.class, about, false));
        return this;
    }

    /// A body in JSON, which must be there.
    ///
    /// @param fromPath fields of the record that the path says
    public Operation takes(Class<? extends Record> type, String... fromPath) {
        body = new Body(JSON, type, true, List.of(fromPath));
        return this;
    }

    /// A body in JSON, which may be left out.
    ///
    /// @param fromPath fields of the record that the path says
    public Operation mayTake(Class<? extends Record> type, String... fromPath) {
        body = new Body(JSON, type, false, List.of(fromPath));
        return this;
    }

    /// A body that is taken as it is.
    public Operation takesBytes() {
        body = new Body("application/octet-stream", null, true, List.of());
        return this;
    }

    /// An answer in JSON.
    public Operation answers(int status, Class<?> type, String about) {
        answers.add(new Answer(status, JSON, type, about));
        return this;
    }

    /// An answer of another type, such as `text/event-stream`.
    public Operation answers(int status, String mediaType, String about) {
        answers.add(new Answer(status, mediaType, null, about));
        return this;
    }

    /// An answer without a body.
    public Operation answersNothing(int status, String about) {
        answers.add(new Answer(status, null, null, about));
        return this;
    }

    public boolean isDescribed() {
        return tag != null;
    }

    String tag() {
        return tag == null ? "" : tag;
    }

    String summary() {
        return summary;
    }

    String details() {
        return details;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    @Nullable
    Body body() {
        return body;
    }

    List<Answer> answers() {
        return answers;
    }
}
