package dev.dwata.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Finds out what a file descriptor of this process leads to, which Java does not tell: from `/proc`, else by
/// asking a shell. Where there is neither, nothing counts as a terminal.
final class Terminals {
    private Terminals() {}

    /// @param descriptor 0, 1 or 2
    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            return leadsToTerminal(link);
        }
        return Files.isExecutable(Path.of("/bin/sh")) && askShell(descriptor);
    }

    private static boolean leadsToTerminal(Path link) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean askShell(int descriptor) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "[ -t " + descriptor + " ]")
                    .inheritIO()
                    .start();
            return shell.waitFor(5, TimeUnit.SECONDS) && shell.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
