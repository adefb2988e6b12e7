package dev.dwata.agent.tool.command;

import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.agent.process.Program;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one tool of the configuration; what is wrong with it is told with its key.
///
/// @param name its key under `tools`
record CommandEntry(String name, JsonNode json) {
    private static final List<String> KEYS =
            List.of("description", "parameters", "argv", "effect", "approval", "timeoutMs", "cwd", "env");
    private static final long ORDINARY_MILLIS = Duration.ofMinutes(2).toMillis();
    private static final long MOST_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final int MOST_DESCRIPTION = 4_000;

    CommandDefinition read() {
        if (!json.isObject()) {
            throw CommandTools.refuse("tools." + name + " must be an object");
        }
        for (String key : json.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw CommandTools.refuse(
                        at(key) + " means nothing; known are " + String.join(", ", new TreeSet<>(KEYS)));
            }
        }
        AnswerSchema parameters = parameters();
        CommandDefinition definition = new CommandDefinition(
                spec(parameters), parameters, argv(), Duration.ofMillis(millis()), text("cwd"), environment());
        check(definition);
        return definition;
    }

    private ToolSpec spec(AnswerSchema parameters) {
        String description = text("description");
        if (description == null || description.length() > MOST_DESCRIPTION) {
            throw wrong("description", "a string of at most " + MOST_DESCRIPTION + " characters, for the model");
        }
        Effect effect = oneOf("effect", Effect.values(), Effect.ONCE);
        Approval approval = oneOf("approval", Approval.values(), Approval.CONFIRM);
        ToolSpec.Head head = new ToolSpec.Head(name, description, effect, approval);
        try {
            return (effect == Effect.PURE ? head.with(ToolTrait.EGRESS) : head.with(ToolTrait.EGRESS, ToolTrait.WRITE))
                    .with(parameters.json());
        } catch (IllegalArgumentException e) {
            throw CommandTools.refuse("tools." + name + ": " + e.getMessage());
        }
    }

    private AnswerSchema parameters() {
        JsonNode schema = json.path("parameters");
        if (schema.isMissingNode() || schema.isNull()) {
            schema = Json.MAPPER.readTree("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
        }
        return AnswerSchema.of(schema, at("parameters"));
    }

    private List<String> argv() {
        List<String> argv = new ArrayList<>();
        for (JsonNode part : json.path("argv")) {
            if (!part.isString()) {
                throw wrong("argv", "a list of strings, the program first");
            }
            argv.add(part.stringValue());
        }
        if (!json.path("argv").isArray() || argv.isEmpty()) {
            throw wrong("argv", "a list of strings, the program first");
        }
        return List.copyOf(argv);
    }

    private long millis() {
        JsonNode millis = json.path("timeoutMs");
        if (millis.isMissingNode() || millis.isNull()) {
            return ORDINARY_MILLIS;
        }
        if (!millis.isIntegralNumber()
                || !millis.canConvertToLong()
                || millis.longValue() < 1
                || millis.longValue() > MOST_MILLIS) {
            throw wrong("timeoutMs", "1 to " + MOST_MILLIS);
        }
        return millis.longValue();
    }

    private Map<String, String> environment() {
        JsonNode given = json.path("env");
        if (given.isMissingNode() || given.isNull()) {
            return Map.of();
        }
        if (!given.isObject()) {
            throw wrong("env", "an object of strings");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : given.propertyNames()) {
            if (!given.path(variable).isString()) {
                throw wrong("env." + variable, "a string");
            }
            environment.put(variable, given.path(variable).stringValue());
        }
        return environment;
    }

    /// What cannot be started at all is told now, not when a model calls it.
    private void check(CommandDefinition definition) {
        try {
            Program program = new Program(definition.argv(), Path.of(""));
            if (!program.withEnvironment(definition.environment()).argv().equals(definition.argv())) {
                throw new IllegalStateException("a program keeps its argv");
            }
        } catch (IllegalArgumentException e) {
            throw CommandTools.refuse("tools." + name + ": " + e.getMessage());
        }
    }

    private @Nullable String text(String key) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw wrong(key, "a string that is not blank");
        }
        return value.stringValue().strip();
    }

    private <E extends Enum<E>> E oneOf(String key, E[] values, E otherwise) {
        String given = text(key);
        if (given == null) {
            return otherwise;
        }
        return Arrays.stream(values)
                .filter(value -> wireName(value).equals(given))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        "one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values)
                                                .map(CommandEntry::wireName)
                                                .toList())));
    }

    private static String wireName(Enum<?> value) {
        return Json.MAPPER.valueToTree(value).stringValue();
    }

    private AgentException wrong(String key, String must) {
        return CommandTools.refuse(at(key) + " must be " + must);
    }

    private String at(String key) {
        return "tools." + name + '.' + key;
    }
}
