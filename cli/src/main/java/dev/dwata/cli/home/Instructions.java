package dev.dwata.cli.home;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Agents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The agent that answers where there is no file for another. The text is the same for as long as the workspace
/// is, so that providers can keep it in their cache: no date, no listing of files.
final class Instructions {
    private Instructions() {}

    static AgentDefinition agent() {
        return AgentDefinition.of(Agents.DEFAULT, text())
                .described("Works for the person at this computer, with all tools.");
    }

    private static String text() {
        try (InputStream in = Instructions.class.getResourceAsStream("instructions.txt")) {
            if (in == null) {
                throw new IllegalStateException("instructions.txt is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
