package dev.dwata.gateway.http;

import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.SessionId;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a request asks for, and says what is wrong with it.
public final class Asked {
    private static final int MOST_BYTES = 1 << 20;

    private Asked() {}

    /// The body, which must be one JSON object in UTF-8.
    ///
    /// @throws AgentException with `TooLarge` or `InvalidRequest`
    public static ObjectNode body(Context context) {
        String text = text(context);
        if (text.isBlank()) {
            throw invalid("the body must be a JSON object, not empty");
        }
        try {
            JsonNode body = Json.STRICT.readTree(text);
            if (body instanceof ObjectNode object) {
                return object;
            }
            throw invalid("the body must be a JSON object, not " + ParamsReader.kind(body));
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw invalid("the body is not valid JSON"
                    + (at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr())));
        }
    }

    /// The same where no body means an empty object.
    public static ObjectNode bodyIfAny(Context context) {
        return context.contentLength() == 0 ? Json.MAPPER.createObjectNode() : body(context);
    }

    private static String text(Context context) {
        if (context.contentLength() > MOST_BYTES) {
            throw tooLarge();
        }
        try {
            byte[] bytes = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw tooLarge();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("the body is not UTF-8");
        } catch (IOException e) {
            throw cut(e);
        }
    }

    /// Of a body that could not be read to its end.
    static RuntimeException cut(IOException cause) {
        return TimelyBody.isWhy(cause)
                ? new HttpResponseException(408, "the body came too slowly")
                : new AgentException(new AgentError.InvalidRequest("the body did not come whole"), cause);
    }

    /// An id in the path.
    ///
    /// @param id reads it
    public static <T> T id(Context context, Function<String, T> id) {
        try {
            return id.apply(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /// A header that may be there once.
    public static @Nullable String header(Context context, String name) {
        List<String> values = Collections.list(context.req().getHeaders(name));
        if (values.size() > 1) {
            throw invalid("the header " + name + " is there " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /// A parameter of the query that may be there once.
    public static @Nullable String query(Context context, String name) {
        List<String> values = context.queryParams(name);
        if (values.size() > 1) {
            throw invalid(name + " is there " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /// The session that the query is about, if it names one.
    public static @Nullable SessionId session(Context context) {
        String value = query(context, "sessionId");
        try {
            return value == null ? null : new SessionId(value);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    public static boolean flag(Context context, String name) {
        String value = query(context, name);
        return value != null && truth(name, value);
    }

    /// @param name of the field, for the message
    public static boolean truth(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid(name + " must be true or false");
        }
        return value.equals("true");
    }

    /// A number of the query that may be there; what is far out of bounds stays out of bounds.
    public static @Nullable Integer count(Context context, String name) {
        String value = query(context, name);
        return value == null ? null : Math.clamp(integer(name, value), -1, Integer.MAX_VALUE);
    }

    /// @param name of the field, for the message
    public static long integer(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(name + " must be an integer of 64 bits");
        }
    }

    public static AgentException invalid(String message) {
        return new AgentException(new AgentError.InvalidRequest(message));
    }

    private static AgentException tooLarge() {
        return new AgentException(new AgentError.TooLarge("the body must be at most 1 MiB"));
    }
}
