package dev.dwata.agent.tool.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A pattern of file names.
///
///     *       any characters of a name      ?      any one character
///     [a-z]   one of these, [!a-z] not      {a,b}  either
///     **      any folders                   /      between the names of a path
///
/// A pattern without `/` is compared with a file's name, one with it with the path. Upper and lower case are
/// the same. Comparing takes time in proportion to pattern times name, whatever the pattern.
final class Glob {
    private static final int MAX_LENGTH = 500;
    private static final int MAX_ALTERNATIVES = 64;

    private final boolean wholePath;
    private final List<List<NamePattern>> alternatives = new ArrayList<>();

    /// @throws IllegalArgumentException if it is empty, too long, or a bracket is not closed
    Glob(String pattern) {
        if (pattern.isBlank() || pattern.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("'pattern' must have 1 to " + MAX_LENGTH + " characters");
        }
        wholePath = pattern.contains("/");
        List<String> plain = new ArrayList<>();
        expand(pattern.toLowerCase(Locale.ROOT), plain);
        for (String alternative : plain) {
            alternatives.add(names(alternative));
        }
    }

    /// @param path with `/` between its names
    boolean matches(String path) {
        String[] names = path.toLowerCase(Locale.ROOT).split("/", -1);
        List<String> compared = wholePath ? List.of(names) : List.of(names[names.length - 1]);
        return alternatives.stream().anyMatch(alternative -> matches(alternative, compared));
    }

    /// Walks both lists; where it fails, the latest `**` takes one more name.
    private static boolean matches(List<NamePattern> patterns, List<String> names) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < names.size()) {
            if (p < patterns.size() && patterns.get(p).anyFolders()) {
                star = p++;
                starName = n;
            } else if (p < patterns.size() && patterns.get(p).matches(names.get(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < patterns.size() && patterns.get(p).anyFolders()) {
            p++;
        }
        return p == patterns.size();
    }

    private static List<NamePattern> names(String pattern) {
        List<NamePattern> names = new ArrayList<>();
        for (String name : pattern.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(new NamePattern(name));
            }
        }
        return names;
    }

    private static void expand(String pattern, List<String> into) {
        int open = pattern.indexOf('{');
        if (open < 0) {
            if (into.size() == MAX_ALTERNATIVES) {
                throw new IllegalArgumentException(
                        "'pattern' must not stand for more than " + MAX_ALTERNATIVES + " alternatives");
            }
            into.add(pattern);
            return;
        }
        int close = pattern.indexOf('}', open);
        if (close < 0 || pattern.substring(open + 1, close).contains("{")) {
            throw new IllegalArgumentException("'pattern' has a '{' without its '}', or one inside of another");
        }
        for (String choice : pattern.substring(open + 1, close).split(",", -1)) {
            expand(pattern.substring(0, open) + choice + pattern.substring(close + 1), into);
        }
    }
}
