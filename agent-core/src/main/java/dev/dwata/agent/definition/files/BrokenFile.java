package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.Finding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that is not what it should be. The message is one sentence without the path.
final class BrokenFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    /// @param line counting from 1; 0 where it is about the whole file
    BrokenFile(int line, String message) {
        super(message);
        this.line = line;
    }

    BrokenFile(String message) {
        this(0, message);
    }

    Finding of(Path file) {
        @Nullable Integer where = line < 1 ? null : Integer.valueOf(line);
        return new Finding(file.toString(), where, String.valueOf(getMessage()));
    }
}
