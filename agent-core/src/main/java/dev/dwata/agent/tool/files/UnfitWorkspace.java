package dev.dwata.agent.tool.files;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folders that agents are not given as a workspace.
final class UnfitWorkspace {
    private static final List<String> OF_THE_SYSTEM = List.of("/proc", "/sys", "/dev");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private UnfitWorkspace() {}

    /// @param root without symbolic links
    static void check(Path root, List<Path> offLimits) {
        if (root.getNameCount() == 0) {
            throw unfit(root, "it is the whole file system");
        }
        Path home = Path.of(System.getProperty("user.home"));
        if (home.isAbsolute() && real(home).startsWith(root)) {
            throw unfit(root, "it is or contains your home; use a folder in your home");
        }
        if (!root.startsWith(SHARED_MEMORY) && OF_THE_SYSTEM.stream().anyMatch(root::startsWith)) {
            throw unfit(root, "it is not a folder of files");
        }
        for (Path folder : offLimits) {
            Path real = real(folder);
            if (real.startsWith(root) || root.startsWith(real)) {
                throw unfit(
                        root,
                        "'" + real + "', where dwata keeps its own data, and a workspace must not contain"
                                + " each other");
            }
        }
    }

    static AgentException notAFolder(Path folder, @Nullable IOException cause) {
        AgentError error =
                new AgentError.InvalidRequest("the workspace '" + folder + "' is not a folder that can be read");
        return cause == null ? new AgentException(error) : new AgentException(error, cause);
    }

    private static AgentException unfit(Path root, String why) {
        return new AgentException(new AgentError.InvalidRequest("'" + root + "' cannot be the workspace: " + why));
    }

    /// What exists of it without symbolic links.
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException e) {
                // It does not exist; its parent may.
            }
        }
        return absolute;
    }
}
