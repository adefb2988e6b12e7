package dev.dwata.cli.home;

import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What the gateway of a data folder leaves there while it runs, in `gateway.json`, for clients on this
/// machine.
///
/// @param url       `http://host:port`
/// @param workspace the folder that its tools work in
public record RunningGateway(String url, long pid, String workspace, String version) {
    static final String FILE = "gateway.json";

    /// Whether `address` is its own, in one of the ways it can be written.
    boolean isAt(String address) {
        return place(url).equals(place(address));
    }

    private static String place(String address) {
        return address.strip()
                .replaceFirst("^(wss?|https?)://", "")
                .replaceFirst("/+(ws)?$", "")
                .replaceFirst("^localhost:", "127.0.0.1:");
    }

    public void announce(Path dataFolder) throws IOException {
        SmallFile.write(dataFolder.resolve(FILE), Json.MAPPER.writeValueAsString(this) + "\n");
    }

    /// The gateway that runs for this data folder, as far as its file and its process tell. A file that a
    /// gateway has left behind is removed.
    public static Optional<RunningGateway> find(Path dataFolder) {
        Optional<RunningGateway> gateway = read(dataFolder);
        if (gateway.isPresent()
                && ProcessHandle.of(gateway.get().pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty()) {
            withdraw(dataFolder);
            return Optional.empty();
        }
        return gateway;
    }

    /// Removes the file.
    public static void withdraw(Path dataFolder) {
        try {
            Files.deleteIfExists(dataFolder.resolve(FILE));
        } catch (IOException e) {
            // whoever reads it next finds that nobody answers
        }
    }

    private static Optional<RunningGateway> read(Path dataFolder) {
        try {
            String text = SmallFile.read(dataFolder.resolve(FILE));
            if (text == null) {
                return Optional.empty();
            }
            RunningGateway gateway = Json.STRICT.readValue(text, RunningGateway.class);
            return gateway.url() == null || gateway.workspace() == null ? Optional.empty() : Optional.of(gateway);
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
