package dev.dwata.agent.definition;

import java.util.regex.Pattern;

/// Some tools by their names: `filesystem.read`, or with `*` for any letters, dots included: `filesystem.*`.
///
/// @param text the dotted name, lower case
public record ToolPattern(String text) {
    private static final Pattern VALID = Pattern.compile("[a-z0-9_*]+(\\.[a-z0-9_*]+)*");

    public ToolPattern {
        if (!VALID.matcher(text).matches() || text.length() > 60) {
            throw new IllegalArgumentException("'" + text
                    + "' names no tools: a name is lower-case words joined by dots, with * for any letters, such as"
                    + " filesystem.* or shell.run");
        }
    }

    public boolean matches(String tool) {
        return matches(text, tool);
    }

    /// Goes back no further than to the last star, so that no pattern takes long.
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int mark = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
