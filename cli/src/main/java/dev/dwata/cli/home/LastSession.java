package dev.dwata.cli.home;

import dev.dwata.types.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The session that the next command goes on with: one per data folder, and one per gateway that is not the
/// data folder's own.
public final class LastSession {
    private final Path file;

    private LastSession(Path file) {
        this.file = file;
    }

    /// Of the data folder's own sessions, whether in this process or at the gateway that runs for it.
    public static LastSession of(Path dataFolder) {
        return new LastSession(dataFolder.resolve("cli_session"));
    }

    /// Of a gateway whose sessions are elsewhere.
    public static LastSession at(Path dataFolder, String gatewayUrl) {
        String name = gatewayUrl.replaceAll("^[a-z]+://|/+(ws)?$", "").replaceAll("[^A-Za-z0-9.-]+", "_");
        return new LastSession(dataFolder.resolve("cli_session-" + name));
    }

    /// Absent where there is none, or where the file holds no id of a session.
    public Optional<SessionId> find() {
        try {
            String text = SmallFile.read(file);
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(new SessionId(text.strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public void keep(SessionId session) throws IOException {
        if (!find().equals(Optional.of(session))) {
            SmallFile.write(file, session + "\n");
        }
    }

    /// Forgets it if it is this one.
    public void forget(SessionId session) throws IOException {
        if (find().equals(Optional.of(session))) {
            Files.deleteIfExists(file);
        }
    }
}
