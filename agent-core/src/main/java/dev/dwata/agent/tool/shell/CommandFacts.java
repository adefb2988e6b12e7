package dev.dwata.agent.tool.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an agreement to a command is bound to: the folder, the program, and the scripts that it names.
public final class CommandFacts {
    private static final Pattern INTERPRETER = Pattern.compile(
            "(ba|da|z|k|fi|a)?sh|python[0-9.]*|perl|ruby|node|nodejs|deno|bun|php|lua|tclsh|java|source|\\.|env");
    private static final int MOST_SCRIPTS = 16;
    private static final long MOST_HASHED = 64L << 20;

    private CommandFacts() {}

    /// @param program the file that will be started
    /// @param words   the command; of a line for a shell, what may be words of it
    /// @param scripts scripts are looked for below this folder; its real path
    /// @throws IOException if something of it is not there
    public static Map<String, String> of(Path folder, Path program, List<String> words, Path scripts)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cwd", identity(folder.toRealPath(), false));
        facts.put("program", identity(program.toRealPath(), true));
        boolean interpreted = false;
        int found = 0;
        for (String word : words) {
            Path script = found < MOST_SCRIPTS ? file(folder, word, scripts) : null;
            if (script != null && (interpreted || Files.isExecutable(script))) {
                found++;
                facts.put("script " + word, content(script));
            }
            interpreted |= INTERPRETER
                            .matcher(word.substring(word.lastIndexOf('/') + 1))
                            .matches()
                    || word.equals(".");
        }
        return facts;
    }

    private static @Nullable Path file(Path folder, String word, Path below) {
        try {
            Path file = word.isEmpty() ? folder : folder.resolve(word).toRealPath();
            return file.startsWith(below) && Files.isRegularFile(file) ? file : null;
        } catch (IOException | InvalidPathException e) {
            return null; // no file, hence no script
        }
    }

    /// @param changes whether the time of its last change matters
    private static String identity(Path path, boolean changes) throws IOException {
        String changed = changes ? ", changed " + Files.getLastModifiedTime(path) : "";
        return path + " (inode " + Files.getAttribute(path, "unix:ino") + changed + ')';
    }

    private static String content(Path script) throws IOException {
        if (Files.size(script) > MOST_HASHED) {
            return identity(script, true);
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(script), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return script + " (SHA-256 " + HexFormat.of().formatHex(digest.digest()) + ')';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
