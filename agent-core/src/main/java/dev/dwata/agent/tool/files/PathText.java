package dev.dwata.agent.tool.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the paths that a model writes. Nothing is looked at on disk.
///
/// @param root    the workspace, without symbolic links
/// @param asGiven the same by the name that it was given
record PathText(Path root, Path asGiven) {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_PARTS = 64;
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("(?i)file:.*", Pattern.DOTALL);

    /// The names on the way from the workspace to `path`; none for the workspace itself.
    List<Path> parts(String path) throws PathRefused {
        requireText(path);
        for (String part : SEPARATORS.split(path, -1)) {
            if (part.equals("..")) {
                throw new PathRefused("'" + path + "' must not contain '..'");
            }
        }
        List<Path> parts = new ArrayList<>();
        for (Path part : relative(path)) {
            if (!part.toString().isEmpty() && !part.toString().equals(".")) {
                parts.add(part);
            }
        }
        if (parts.size() > MAX_PARTS) {
            throw new PathRefused("path must have at most " + MAX_PARTS + " parts, not " + parts.size());
        }
        return parts;
    }

    private static void requireText(String path) throws PathRefused {
        if (path.isEmpty()) {
            throw new PathRefused("path must not be empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new PathRefused("path must not contain the character NUL");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new PathRefused("path must have at most " + MAX_BYTES + " bytes");
        }
        int[] hidden = path.codePoints().filter(PathText::hides).limit(1).toArray();
        if (hidden.length > 0) {
            throw new PathRefused("path must not contain characters that are not seen, such as "
                    + String.format(Locale.ROOT, "U+%04X", hidden[0]));
        }
        if (SCHEME.matcher(path).matches()) {
            throw new PathRefused("'" + path + "' is a URI; give a path relative to the workspace");
        }
        if (path.startsWith("~/") || path.startsWith("~\\")) {
            throw new PathRefused("'" + path + "' is outside of the workspace; '~' stands for nothing here");
        }
    }

    private Path relative(String path) throws PathRefused {
        Path given;
        try {
            given = Path.of(path);
        } catch (InvalidPathException e) {
            throw new PathRefused("'" + path + "' is not a path: " + reason(e));
        }
        if (given.startsWith(root)) {
            return root.relativize(given);
        }
        if (given.startsWith(asGiven)) {
            return asGiven.relativize(given);
        }
        if (given.isAbsolute() || given.getRoot() != null || DRIVE.matcher(path).matches() || path.startsWith("\\\\")) {
            throw new PathRefused("'" + path + "' is outside of the workspace");
        }
        return given;
    }

    /// In a locale without Unicode, such as `LC_ALL=C`, there are names that the JVM cannot pass to the system.
    private static String reason(InvalidPathException e) {
        return e.getReason().startsWith("Malformed input")
                ? "names on this system are in " + System.getProperty("sun.jnu.encoding") + " (see LC_ALL)"
                : e.getReason();
    }

    /// Control characters, and those that make a path look like another.
    private static boolean hides(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x2028
                || c == 0x2029
                || c == 0xFEFF
                || (c >= 0xD800 && c <= 0xDFFF);
    }
}
