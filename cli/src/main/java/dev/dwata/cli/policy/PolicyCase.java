package dev.dwata.cli.policy;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A tool call, and what is expected of the policy.
///
/// @param argv    the command, as if the tool were sure of it; absent: what the tool itself makes of the
///                arguments
/// @param folder  the workspace; absent: the one of the test
/// @param agent   absent: the default
/// @param session absent: one without rules of its own
/// @param owner   absent: the person at this machine
/// @param rule    what must have decided; absent: anything
public record PolicyCase(
        String tool,
        JsonNode arguments,
        @Nullable List<String> argv,
        @Nullable String folder,
        @Nullable String agent,
        @Nullable SessionId session,
        @Nullable Principal owner,
        boolean tainted,
        Verdict expect,
        @Nullable String rule) {
    private static final int MOST_BYTES = 4 << 20;
    private static final List<String> KEYS =
            List.of("tool", "arguments", "argv", "folder", "agent", "session", "owner", "tainted", "expect", "rule");

    /// The cases of a file: a JSON array of objects with the names of this record's components.
    ///
    /// @throws CommandFailure naming the case and what is wrong with it
    public static List<PolicyCase> read(Path file) {
        JsonNode all = parse(file);
        if (!all.isArray() || all.isEmpty()) {
            throw CommandFailure.usage(file + " must hold a JSON array of cases");
        }
        List<PolicyCase> cases = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            try {
                cases.add(of(all.get(i)));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, file + ": case " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }

    private static JsonNode parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandFailure.usage(file + " is larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            return Json.STRICT.readTree(bytes);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static PolicyCase of(JsonNode given) {
        if (!given.isObject()) {
            throw new IllegalArgumentException("it must be an object");
        }
        for (String key : given.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("'" + key + "' means nothing; there are " + String.join(", ", KEYS));
            }
        }
        String tool = text(given, "tool");
        if (tool == null) {
            throw new IllegalArgumentException("'tool' must be given");
        }
        JsonNode arguments = given.has("arguments") ? given.get("arguments") : Json.MAPPER.createObjectNode();
        JsonNode tainted = given.path("tainted");
        if (!arguments.isObject() || !(tainted.isMissingNode() || tainted.isBoolean())) {
            throw new IllegalArgumentException("'arguments' must be an object, and 'tainted' true or false");
        }
        return new PolicyCase(
                tool,
                arguments,
                argv(given.path("argv")),
                text(given, "folder"),
                text(given, "agent"),
                made(text(given, "session"), SessionId::new),
                made(text(given, "owner"), Principal::new),
                tainted.asBoolean(false),
                expected(given),
                text(given, "rule"));
    }

    private static <T> @Nullable T made(@Nullable String text, Function<String, T> maker) {
        return text == null ? null : maker.apply(text);
    }

    private static @Nullable String text(JsonNode given, String key) {
        JsonNode value = given.path(key);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' must be a text");
        }
        return value.stringValue();
    }

    private static @Nullable List<String> argv(JsonNode given) {
        if (given.isMissingNode()) {
            return null;
        }
        if (!given.isArray() || !given.values().stream().allMatch(JsonNode::isString)) {
            throw new IllegalArgumentException("'argv' must be an array of texts");
        }
        return given.values().stream().map(JsonNode::stringValue).toList();
    }

    private static Verdict expected(JsonNode given) {
        String word = text(given, "expect");
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'expect' must be allow, ask or deny"));
    }
}
