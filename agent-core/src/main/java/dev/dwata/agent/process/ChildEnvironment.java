package dev.dwata.agent.process;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What children are given of the variables of this process: a few that are known to be harmless. Keys and
/// tokens are not among them, nor is what makes programs load something.
final class ChildEnvironment {
    private static final Set<String> PASSED = Set.of("HOME", "LANG", "TERM", "TZ", "TMPDIR", "USER", "SHELL");
    private static final String ORDINARY_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Map<String, String> passed;

    ChildEnvironment(Map<String, String> own) {
        Map<String, String> variables = new TreeMap<>();
        own.forEach((name, value) -> {
            if (PASSED.contains(name) || name.startsWith("LC_")) {
                variables.put(name, value);
            }
        });
        variables.put("PATH", absolute(own.get("PATH")));
        if (!isUtf8(variables)) {
            variables.put("LC_ALL", "C.UTF-8");
        }
        variables.put("GIT_TERMINAL_PROMPT", "0");
        passed = Map.copyOf(variables);
    }

    Map<String, String> with(Map<String, String> more, String marker) {
        Map<String, String> variables = new TreeMap<>(passed);
        variables.putAll(more);
        variables.put(Marker.NAME, marker);
        return variables;
    }

    /// The folders where programs are looked for, absolute.
    String path() {
        return passed.getOrDefault("PATH", ORDINARY_PATH);
    }

    /// Without what depends on the working folder: there a model may put a program called `git`.
    private static String absolute(@Nullable String path) {
        String kept = path == null
                ? ""
                : Arrays.stream(path.split(":", -1))
                        .filter(entry -> entry.startsWith("/")
                                && Path.of(entry).normalize().isAbsolute())
                        .distinct()
                        .collect(Collectors.joining(":"));
        return kept.isEmpty() ? ORDINARY_PATH : kept;
    }

    private static boolean isUtf8(Map<String, String> variables) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }
}
