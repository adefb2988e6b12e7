package dev.dwata.agent.provider.wire;

import dev.dwata.types.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.JsonNode;

/// Writes JSON whose every text and name is clean in the sense of [Texts#clean].
public final class CleanJson {
    private CleanJson() {}

    /// What `writing` writes, as UTF-8.
    public static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator out = new CleanGenerator(Json.MAPPER.createGenerator(bytes))) {
            writing.to(out);
        }
        return bytes.toByteArray();
    }

    public static String text(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new CleanGenerator(Json.MAPPER.createGenerator(text))) {
            out.writeTree(tree);
        }
        return text.toString();
    }

    /// Writes one value.
    @FunctionalInterface
    public interface Writing {
        void to(JsonGenerator out);
    }

    private static final class CleanGenerator extends JsonGeneratorDelegate {
        CleanGenerator(JsonGenerator out) {
            super(out, false);
        }

        @Override
        public JsonGenerator writeString(String text) {
            super.writeString(Texts.clean(text));
            return this;
        }

        @Override
        public JsonGenerator writeName(String name) {
            super.writeName(Texts.clean(name));
            return this;
        }
    }
}
