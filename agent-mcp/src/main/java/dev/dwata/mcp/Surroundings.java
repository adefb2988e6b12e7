package dev.dwata.mcp;

import dev.dwata.agent.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/// What servers are started in.
///
/// @param workspace the folder they are told of, without symbolic links
/// @param pins      the file that remembers what their tools were
/// @param taken     names of tools that are others', and of which none is to be shadowed
/// @param processes starts programs, and ends them; closed by its owner
public record Surroundings(Path workspace, Path pins, Set<String> taken, Processes processes, Times times) {

    /// The file of the pins in a data folder.
    public static final String PINS = "mcp-pins.json";

    public Surroundings {
        taken = Set.copyOf(taken);
    }

    public Surroundings(Path workspace, Path pins, Set<String> taken, Processes processes) {
        this(workspace, pins, taken, processes, Times.USUAL);
    }

    /// How long things may take.
    ///
    /// @param start until a server has greeted
    /// @param idle  until a server that nobody uses is ended
    /// @param retry until one that could not be started is tried again; doubled each time
    record Times(Duration start, Duration idle, Duration retry, InstantSource clock) {
        static final Times USUAL = new Times(
                Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(30), InstantSource.system());
    }

    /// The first parts of the names that are taken, which are nobody else's.
    Set<String> groups() {
        Set<String> groups =
                new TreeSet<>(Set.of("agent", "client", "items", "mcp", "mesh", "process", "shell", "web"));
        taken.forEach(name -> groups.add(name.contains(".") ? name.substring(0, name.indexOf('.')) : name));
        return groups;
    }
}
