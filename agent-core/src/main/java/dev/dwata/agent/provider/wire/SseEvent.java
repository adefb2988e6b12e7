package dev.dwata.agent.provider.wire;

import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// One server-sent event. It shares its bytes with the [SseReader] that made it, and is good until the next
/// one.
public final class SseEvent {
    private final String name;
    private final byte[] data;
    private final int length;

    SseEvent(String name, byte[] data, int length) {
        this.name = name;
        this.data = data;
        this.length = length;
    }

    /// Empty where the event was given no name.
    public String name() {
        return name;
    }

    /// The data, its lines joined by line feeds. What is not UTF-8 becomes U+FFFD.
    public String text() {
        return new String(data, 0, length, StandardCharsets.UTF_8);
    }

    /// Whether the data is exactly `text`, white space around it aside.
    public boolean is(String text) {
        return length <= text.length() + 8 && text().strip().equals(text);
    }

    /// Has `reader` read the data as JSON, from its first token on. Where the bytes are not all UTF-8 it is
    /// called a second time, with U+FFFD in place of those that are not.
    ///
    /// @throws JacksonException if it is not JSON
    public void read(Consumer<JsonParser> reader) {
        try (JsonParser in = Json.MAPPER.createParser(data, 0, length)) {
            in.nextToken();
            reader.accept(in);
        } catch (JacksonException e) {
            String text = text();
            if (text.indexOf('\uFFFD') < 0) {
                throw e;
            }
            try (JsonParser in = Json.MAPPER.createParser(text)) {
                in.nextToken();
                reader.accept(in);
            }
        }
    }
}
