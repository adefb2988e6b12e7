package dev.dwata.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts values in the place of `${NAME}` and `${NAME:-otherwise}`.
final class Variables {
    static final String SESSION = "SESSION_ID";
    static final String WORKSPACE = "WORKSPACE";

    /// What is known only when a server is started.
    private static final Set<String> LATER = Set.of(SESSION, WORKSPACE);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Map<String, String> environment;
    private final Set<String> used = new TreeSet<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Those of the environment that were asked for so far, as they hold what may be secret.
    Set<String> used() {
        return Set.copyOf(used);
    }

    Map<String, String> in(Entry entry, String key) {
        Map<String, String> values = new LinkedHashMap<>();
        entry.textsByName(key)
                .forEach((name, value) ->
                        values.put(name, replace(value, match -> fromEnvironment(match, entry.at(key + "." + name)))));
        return values;
    }

    /// What is known when a server is started for a session.
    static UnaryOperator<String> late(String session, String workspace) {
        Map<String, String> known = Map.of(SESSION, session, WORKSPACE, workspace);
        return text -> replace(text, match -> known.getOrDefault(match.group(1), match.group()));
    }

    private String fromEnvironment(MatchResult match, String path) {
        String name = match.group(1);
        if (LATER.contains(name)) {
            return match.group();
        }
        @Nullable String value = environment.get(name);
        if (value == null) {
            value = match.group(2);
        } else {
            used.add(name);
        }
        if (value == null) {
            throw Entry.wrong(path + " needs the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String replace(String text, Function<MatchResult, String> value) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value.apply(match)));
    }
}
