package dev.dwata.cli.ask;

import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A file with the JSON Schema that an answer is to follow.
public final class SchemaFile {
    /// Spaces and lines between included.
    private static final int MOST_BYTES = 4 * AnswerSchema.MOST_BYTES;

    private SchemaFile() {}

    /// @throws CommandFailure if it is not there, or no schema
    public static JsonNode read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw CommandFailure.usage(file + " is larger than " + (MOST_BYTES >> 10) + " KiB");
            }
            return AnswerSchema.of(Json.STRICT.readTree(bytes)).json();
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (AgentException e) {
            throw new CommandFailure(ExitCode.USAGE, file + ": " + e.error().message(), e);
        }
    }
}
