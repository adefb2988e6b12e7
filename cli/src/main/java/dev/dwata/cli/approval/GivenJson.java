package dev.dwata.cli.approval;

import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON that an option was given: as it is, or `@FILE` for what is in a file.
///
/// @param option for what is said of it
public record GivenJson(String option, String text, Path directory) {
    private static final int MOST_BYTES = 1 << 20;

    public boolean isFile() {
        return text.startsWith("@");
    }

    /// @throws CommandFailure if it is not JSON, or cannot be read
    public JsonNode value() {
        try {
            return Json.STRICT.readTree(json());
        } catch (JacksonException e) {
            throw CommandFailure.usage(option + ": this is not JSON: " + e.getOriginalMessage());
        }
    }

    /// @throws CommandFailure if it is no JSON object, or cannot be read
    public JsonNode object() {
        try {
            return EditableJson.readObject(json());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + ": " + e.getMessage());
        }
    }

    private String json() {
        return isFile() ? read(text.substring(1)) : text;
    }

    private String read(String name) {
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandFailure.usage(option + ": " + name + " is larger than " + (MOST_BYTES >> 10) + " KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(option + ": there is no file " + name);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, option + ": " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
