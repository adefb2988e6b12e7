package dev.dwata.cli.home;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.types.PolicyRule;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the `policy` of `config.json`: who must agree to which tool calls.
///
///     {"approvals": "ask", "approvalMinutes": 10, "rules": [
///       {"id": "status", "effect": "allow", "tool": "shell.run", "command": "git status"},
///       {"effect": "deny", "tool": "filesystem.*", "arguments": {"path": "secret/*"}, "folder": "/home/ada/site",
///        "agent": "default", "session": "ses_…", "owner": "local"}]}
///
/// Instead of `command`, which is cut at its spaces, `argv` is an array of the command's parts. What is not
/// known is an error, so that no mistyped rule is taken for none.
final class RuleSettings {
    private static final List<String> KEYS = List.of("approvals", "approvalMinutes", "rules");
    private static final List<String> RULE_KEYS =
            List.of("id", "effect", "tool", "arguments", "argv", "command", "folder", "agent", "session", "owner");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> TAKEN = Set.of("default", "tool");
    private static final int MOST_RULES = 1_000;
    private static final int MOST_TEXT = 4_096;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    private final JsonNode given;
    private final String name;

    /// @param name of the rule, for messages
    private RuleSettings(JsonNode given, String name) {
        this.given = given;
        this.name = name;
    }

    /// @param given absent where nothing is configured
    /// @throws IllegalArgumentException with a sentence that names what is wrong
    static PolicySettings read(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return PolicySettings.NONE;
        }
        checkKeys("policy", given, KEYS);
        return new PolicySettings(
                rules(given.path("rules")),
                approvals(given.path("approvals")),
                true,
                patience(given.path("approvalMinutes")));
    }

    private static void checkKeys(String name, JsonNode given, List<String> known) {
        if (!given.isObject()) {
            throw new IllegalArgumentException(name + " must be an object");
        }
        for (String key : given.propertyNames()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        name + "." + key + " means nothing; there are " + String.join(", ", known));
            }
        }
    }

    private static ApprovalMode approvals(JsonNode given) {
        return given.isMissingNode() ? ApprovalMode.ASK : word("policy.approvals", given, ApprovalMode.values());
    }

    private static Duration patience(JsonNode given) {
        if (given.isMissingNode()) {
            return PolicySettings.PATIENCE;
        }
        double minutes = given.isNumber() ? given.doubleValue() : -1;
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new IllegalArgumentException(
                    "policy.approvalMinutes must be a number of minutes, more than 0 and at most " + MOST_MINUTES);
        }
        return Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000)));
    }

    private static List<PolicyRule> rules(JsonNode given) {
        if (given.isMissingNode()) {
            return List.of();
        }
        if (!given.isArray() || given.size() > MOST_RULES) {
            throw new IllegalArgumentException("policy.rules must be an array of at most " + MOST_RULES + " rules");
        }
        List<PolicyRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            PolicyRule rule = new RuleSettings(given.get(i), "policy.rules[" + i + "]").rule("rule-" + (i + 1));
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException(
                        "policy.rules[" + i + "].id: two rules are called '" + rule.id() + "'");
            }
            rules.add(rule);
        }
        return rules;
    }

    private PolicyRule rule(String unnamed) {
        checkKeys(name, given, RULE_KEYS);
        List<String> argv = argv();
        String tool = required("tool");
        if (argv != null && tool.contains("*")) {
            throw new IllegalArgumentException(
                    name + ".tool must name one tool, without *, where a rule is about a command");
        }
        return new PolicyRule(
                id(unnamed),
                word(name + ".effect", given.path("effect"), PolicyRule.Effect.values()),
                tool,
                arguments(),
                argv,
                folder(),
                text("agent"),
                text("session"),
                text("owner"),
                null);
    }

    private String id(String unnamed) {
        String id = text("id");
        if (id == null) {
            return unnamed;
        }
        if (!ID.matcher(id).matches() || TAKEN.contains(id) || id.startsWith("always-")) {
            throw new IllegalArgumentException(
                    name + ".id must be 1 to 64 of letters, digits, '.', '_' and '-', and not"
                            + " default, tool or always-…, which others are called");
        }
        return id;
    }

    private @Nullable Map<String, String> arguments() {
        JsonNode arguments = given.path("arguments");
        if (arguments.isMissingNode()) {
            return null;
        }
        if (!arguments.isObject() || arguments.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ".arguments must be an object of texts by the names of arguments");
        }
        Map<String, String> patterns = new HashMap<>();
        arguments
                .properties()
                .forEach(one ->
                        patterns.put(one.getKey(), required(name + ".arguments." + one.getKey(), one.getValue())));
        return patterns;
    }

    private @Nullable List<String> argv() {
        JsonNode argv = given.path("argv");
        String command = text("command");
        if (argv.isMissingNode()) {
            return command == null ? null : List.of(command.strip().split(" +"));
        }
        boolean fits = argv.isArray()
                && !argv.isEmpty()
                && argv.values().stream()
                        .allMatch(part -> part.isString() && part.stringValue().length() <= MOST_TEXT);
        if (!fits || command != null) {
            throw new IllegalArgumentException(
                    name + ".argv must be an array of texts, the program first, without a command beside it");
        }
        return argv.values().stream().map(JsonNode::stringValue).toList();
    }

    /// As tools see it.
    private @Nullable String folder() {
        String text = text("folder");
        if (text == null) {
            return null;
        }
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return real(path).toString();
            }
        } catch (InvalidPathException e) {
            // then it is none
        }
        throw new IllegalArgumentException(name + ".folder must be the absolute path of a workspace");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.normalize();
        }
    }

    private String required(String key) {
        return required(name + "." + key, given.path(key));
    }

    private @Nullable String text(String key) {
        return given.has(key) ? required(key) : null;
    }

    private static String required(String name, JsonNode value) {
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > MOST_TEXT) {
            throw new IllegalArgumentException(name + " must be a text of 1 to " + MOST_TEXT + " characters");
        }
        return value.stringValue();
    }

    private static <E extends Enum<E>> E word(String name, JsonNode given, E[] values) {
        return Arrays.stream(values)
                .filter(value -> given.isString() && wireName(value).equals(given.stringValue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values)
                                        .map(RuleSettings::wireName)
                                        .toList())));
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
