package dev.dwata.agent.redaction;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds what is secret among the variables of the environment.
final class EnvironmentSecrets {
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,20}://[^/?#@:]*:([^/?#@]+)@.*");

    private static final Pattern NAME = Pattern.compile(".*_(?:KEY|TOKEN|SECRET|PASSWORD)");
    private static final int LONG = 16;

    private EnvironmentSecrets() {}

    static Set<String> of(Map<String, String> environment, Collection<String> names) {
        Set<String> secrets = new HashSet<>();
        environment.forEach((name, value) -> {
            if (names.contains(name) || isSecret(name, value)) {
                secrets.add(value);
            }
            Matcher address = PASSWORD.matcher(value);
            if (name.endsWith("_URL") || name.endsWith("_HOST")) {
                if (address.matches()) {
                    secrets.add(address.group(1));
                }
            }
        });
        return secrets;
    }

    /// By the name; where that may also stand for something harmless, a value that is short or a path is none.
    private static boolean isSecret(String name, String value) {
        return name.endsWith("_API_KEY")
                || name.equals("DWATA_TOKEN")
                || (NAME.matcher(name).matches() && value.length() >= LONG && !value.startsWith("/"));
    }
}
