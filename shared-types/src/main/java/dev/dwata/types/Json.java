package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The one configuration of JSON: camelCase keys, absent instead of `null`, times as ISO-8601 UTC with
/// milliseconds, unknown fields ignored.
public final class Json {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// For what dwata itself wrote, and for providers' answers.
    public static final JsonMapper MAPPER = mapper(JsonFactory.builder());

    /// For what others send: no duplicate keys, nothing after the value, at most 64 levels, strings to 1
    /// MiB, numbers to 100 digits.
    public static final JsonMapper STRICT = mapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1 << 20)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// `instant` as ISO-8601 in UTC with exactly three digits of milliseconds.
    public static String format(Instant instant) {
        return MILLIS.format(instant);
    }

    /// `node` with the fields of each of its objects in the order of their names: the same for all that say the
    /// same.
    public static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                TreeMap<String, JsonNode> fields = new TreeMap<>();
                object.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
                ObjectNode sorted = MAPPER.createObjectNode();
                fields.forEach(sorted::set);
                yield sorted;
            }
            case ArrayNode array -> {
                ArrayNode same = MAPPER.createArrayNode();
                array.forEach(element -> same.add(canonical(element)));
                yield same;
            }
            default -> node;
        };
    }

    private static JsonMapper mapper(tools.jackson.core.json.JsonFactoryBuilder factory) {
        SimpleModule times = new SimpleModule("dwata-times");
        times.addSerializer(Instant.class, new InstantSerializer());
        return JsonMapper.builder(factory.build())
                .addModule(times)
                .changeDefaultPropertyInclusion(v -> v.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static final class InstantSerializer extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(format(value));
        }
    }
}
