package dev.dwata.agent.definition;

import org.jspecify.annotations.Nullable;

/// Something that is wrong with a file.
///
/// @param file its path
/// @param line counting from 1; absent where it is about the whole file
/// @param message one sentence, without the path
public record Finding(String file, @Nullable Integer line, String message) {

    /// For people.
    public String sentence() {
        return file + (line == null ? "" : ", line " + line) + ": " + message;
    }
}
