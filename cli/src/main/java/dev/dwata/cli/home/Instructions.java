package dev.dwata.cli.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What every model is told before a conversation. The same text for as long as the process lives, so that
/// providers can keep it in their cache: no date, no listing of files.
final class Instructions {
    private Instructions() {}

    static String forWorkspace(Path workspace) {
        try (InputStream in = Instructions.class.getResourceAsStream("instructions.txt")) {
            if (in == null) {
                throw new IllegalStateException("instructions.txt is missing from the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.strip().replace("{workspace}", workspace.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
