package dev.dwata.agent.store;

import dev.dwata.types.Json;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Messages of JSON, stored with commas between them: what a reader gets is their text between brackets.
public final class StreamJson {
    private StreamJson() {}

    /// @param content the messages of an array, or the one message
    /// @param problem absent: there is none
    @SuppressWarnings("ArrayRecordComponent") // none is compared with another
    public record Messages(byte[] content, @Nullable String problem) {}

    /// The messages of a body: the elements of an array, else the value itself, each as it was written.
    public static Messages of(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            boolean array = check(text);
            String inner = text.strip();
            inner = array ? inner.substring(1, inner.length() - 1).strip() : inner;
            return new Messages(inner.getBytes(StandardCharsets.UTF_8), null);
        } catch (CharacterCodingException e) {
            return invalid("the body is not UTF-8");
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            return invalid("the body is not valid JSON"
                    + (at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr())));
        }
    }

    /// @return whether it is an array
    private static boolean check(String text) {
        try (JsonParser parser = Json.STRICT.createParser(new StringReader(text))) {
            JsonToken first = parser.nextToken();
            boolean array = first == JsonToken.START_ARRAY;
            int depth = first != null && first.isStructStart() ? 1 : 0;
            JsonToken last = first;
            while (depth > 0) {
                last = parser.nextToken();
                if (last == null) {
                    throw new StreamReadException(parser, "it ends too early");
                }
                parser.finishToken();
                depth += last.isStructStart() ? 1 : last.isStructEnd() ? -1 : 0;
            }
            if (last != null) {
                parser.finishToken();
            }
            if (last == null || parser.nextToken() != null) {
                throw new StreamReadException(parser, "it is not one value");
            }
            return array;
        }
    }

    /// The first of the messages of a chunk.
    ///
    /// @return absent: there are not so many
    static byte @Nullable [] first(byte[] chunk, long count) {
        JsonNode all = Json.MAPPER.readTree("[" + new String(chunk, StandardCharsets.UTF_8) + "]");
        if (!(all instanceof ArrayNode messages) || messages.size() < count) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append(Json.MAPPER.writeValueAsString(messages.get(i)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Messages invalid(String problem) {
        return new Messages(new byte[0], problem);
    }
}
