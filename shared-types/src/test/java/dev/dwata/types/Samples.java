package dev.dwata.types;

import dev.dwata.types.schema.RecordSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes an example of any record of this module: with every component present, or with only those that must
/// be.
final class Samples {
    private Samples() {}

    /// Every record of the module, found among its classes.
    static List<Class<?>> records() {
        try {
            URI code = Json.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path classes = Path.of(code);
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(file -> classes.relativize(file).toString())
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .sorted()
                        .<Class<?>>map(Samples::load)
                        .filter(Class::isRecord)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    static Object full(Class<?> record) {
        return value(record, true);
    }

    static Object sparse(Class<?> record) {
        return value(record, false);
    }

    private static Object make(Class<?> type, boolean full) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean wanted = full || RecordSchema.required(components[i]);
            values[i] = wanted ? value(components[i].getGenericType(), full) : null;
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no example of " + type, e);
        }
    }

    private static Object value(Type type, boolean full) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class
                    ? List.of(value(last, full))
                    : Map.of("key", last == Object.class ? "text" : value(last, full));
        }
        Class<?> raw = (Class<?>) type;
        if (raw == SessionId.class) {
            return new SessionId("01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == RunId.class) {
            return new RunId("run_01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == MessageId.class) {
            return new MessageId("msg_01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == InputId.class) {
            return new InputId("inp_01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == ProcessId.class) {
            return new ProcessId("01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == ItemId.class) {
            return new ItemId("01890a5d-ac96-774b-bcce-b302099a8057");
        } else if (raw == ItemKind.class) {
            return ItemKind.CLIP;
        } else if (raw == BodyElement.Heading.class) {
            return new BodyElement.Heading(2, "text");
        } else if (raw == Principal.class) {
            return Principal.LOCAL;
        } else if (raw == String.class) {
            return "tëxt \uD83D\uDE80";
        } else if (raw == long.class || raw == Long.class) {
            return 1_234_567_890_123L;
        } else if (raw == int.class || raw == Integer.class) {
            return 42;
        } else if (raw == double.class || raw == Double.class) {
            return 0.25;
        } else if (raw == boolean.class || raw == Boolean.class) {
            return true;
        } else if (raw == Instant.class) {
            return Instant.parse("2026-11-21T10:00:00.120Z");
        } else if (raw == JsonNode.class || raw == ObjectNode.class) {
            return Json.MAPPER.createObjectNode().put("path", "a/b.txt").put("limit", 3);
        } else if (raw == AgentError.class) {
            return new AgentError.ModelRejected("no", 401);
        } else if (raw == AgentEvent.class) {
            return new AgentEvent.Token("a", 1);
        } else if (raw == Part.class) {
            return new Part.ToolCall("call_1", "filesystem.read", Json.MAPPER.createObjectNode());
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
        } else if (raw.isRecord()) {
            return make(raw, full);
        }
        throw new IllegalStateException("no example of " + raw);
    }
}
