package dev.dwata.agent.policy;

import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which rules are about a call: those of which all that they name is so.
final class RuleMatch {

    /// As the last part of a rule's command: any further parts.
    static final String ANY_FURTHER = "**";

    private final ProposedCall call;
    private final String folder;
    private final @Nullable List<String> command;

    /// @param folder the real path of the workspace
    RuleMatch(ProposedCall call, String folder) {
        this.call = call;
        this.folder = folder;
        List<String> argv = call.review().argv();
        this.command = argv == null || argv.isEmpty() ? null : argv;
    }

    boolean isAbout(PolicyRule rule) {
        return isPlacedLike(rule)
                && (rule.argv() == null || (command != null && isCommand(rule.argv(), command)))
                && hasArguments(rule.arguments());
    }

    /// Whether it may be about the call: the rule names a command, and what the call will run cannot be told.
    boolean mayBeAbout(PolicyRule rule) {
        return rule.argv() != null && command == null && isPlacedLike(rule) && hasArguments(rule.arguments());
    }

    private boolean isPlacedLike(PolicyRule rule) {
        ProposedCall.Origin origin = call.origin();
        return Wildcard.of(rule.tool()).matches(call.tool().name())
                && isSame(rule.folder(), folder)
                && isSame(rule.agent(), origin.agent())
                && isSame(rule.session(), origin.session().value())
                && isSame(rule.owner(), origin.owner().id());
    }

    private static boolean isSame(@Nullable String named, String actual) {
        return named == null || named.equals(actual);
    }

    private static boolean isCommand(List<String> named, List<String> actual) {
        if (named.isEmpty() || !named.getLast().equals(ANY_FURTHER)) {
            return named.equals(actual);
        }
        List<String> fixed = named.subList(0, named.size() - 1);
        return actual.size() >= fixed.size() && actual.subList(0, fixed.size()).equals(fixed);
    }

    private boolean hasArguments(@Nullable Map<String, String> named) {
        return named == null || named.entrySet().stream().allMatch(one -> isValue(one.getValue(), value(one.getKey())));
    }

    /// An argument, or what the tool knows of the call under that name.
    private @Nullable JsonNode value(String name) {
        JsonNode argument = call.arguments().get(name);
        String fact = call.review().bound().get(name);
        return argument != null || fact == null
                ? argument
                : Json.MAPPER.getNodeFactory().stringNode(fact);
    }

    private static boolean isValue(String pattern, @Nullable JsonNode value) {
        if (value == null) {
            return false;
        }
        String text =
                value.isString() ? value.stringValue() : Json.canonical(value).toString();
        return Wildcard.of(pattern).matches(text);
    }
}
