package dev.dwata.agent.definition.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `{names}` in an agent's instructions. They are looked for once: what is put in is not looked at again.
/// Those of which nothing is known stay as they are.
final class Placeholders {
    /// What is always known.
    static final List<String> BUILT_IN = List.of("time_now", "workspace", "context");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\\n]{1,128})}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Placeholders() {}

    static String fill(String text, Function<String, @Nullable String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.apply(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    /// The words in braces that stay, in order: it may be that a variable is missing, or that a brace is meant.
    static Set<String> missing(String text, Map<String, String> values) {
        Set<String> missing = new LinkedHashSet<>();
        Matcher found = PLACEHOLDER.matcher(text);
        while (found.find()) {
            String name = found.group(1);
            if (WORD.matcher(name).matches() && !BUILT_IN.contains(name) && !values.containsKey(name)) {
                missing.add(name);
            }
        }
        return missing;
    }
}
