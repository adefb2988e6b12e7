package dev.dwata.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.schema.Description;
import dev.dwata.types.schema.RecordSchema;
import dev.dwata.types.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of the protocol are generated from its records and kept beside them, so that a change to the
/// wire shows. To accept one: `./mvnw -pl shared-types test -Dtest=SchemasTest -Ddwata.schemas.write=true`.
class SchemasTest {
    private static final Path FOLDER = Path.of("src/main/resources/schemas");

    @Test
    void theSchemasThatAreShippedAreThoseOfTheRecords_S4_111_to_113() throws IOException {
        Map<String, String> generated = generate();
        if (Boolean.getBoolean("dwata.schemas.write")) {
            write(generated);
        }
        assertThat(shipped()).isEqualTo(generated);
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Arguments(
            @Description("where") String filePath,
            @Nullable Integer limit,
            @Nullable List<SessionId> sessions) {}

    @Test
    void theArgumentsOfToolsAreDescribedInSnakeCase_C_01() {
        assertThat(RecordSchema.closed(Arguments.class)).isEqualTo(Json.MAPPER.readTree("""
                        {"type": "object",
                         "properties": {
                           "file_path": {"type": "string", "description": "where"},
                           "limit": {"type": "integer"},
                           "sessions": {"type": "array", "items": {"type": "string"}}},
                         "required": ["file_path"],
                         "additionalProperties": false}
                        """));
    }

    private static Map<String, String> generate() {
        Map<String, String> schemas = new TreeMap<>();
        for (Class<?> type : Samples.records()) {
            if (type.getPackageName().endsWith(".wire") && type.getEnclosingClass() == null) {
                schemas.put(file(type), text(RecordSchema.of(type)));
            }
        }
        for (Class<?> event : Samples.records()) {
            if (AgentEvent.class.isAssignableFrom(event) && event != AgentEvent.Unknown.class) {
                boolean error = event == AgentEvent.RunFailed.class || event == AgentEvent.ErrorReported.class;
                schemas.put(
                        "event-" + EventCodec.name((AgentEvent) Samples.full(event)) + ".json",
                        text(RecordSchema.of(error ? ErrorPayload.class : event)));
            }
        }
        schemas.put("frame.json", text(RecordSchema.of(Frame.class)));
        return schemas;
    }

    private static String file(Class<?> type) {
        return type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT) + ".json";
    }

    private static String text(ObjectNode schema) {
        ObjectNode document =
                Json.MAPPER.createObjectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll(schema);
        return Json.MAPPER
                        .writer()
                        .with(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(document)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private static Map<String, String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), SchemasTest::read, (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Map<String, String> schemas) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> schema : schemas.entrySet()) {
            Files.writeString(FOLDER.resolve(schema.getKey()), schema.getValue());
        }
    }
}
