package dev.dwata.agent.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Programs of the operating system, from its own folders: what is in `PATH` has no say in them.
final class SystemPrograms {
    static final String SHELL = "/bin/sh";

    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/run/current-system/sw/bin");

    private SystemPrograms() {}

    static Optional<String> find(String name) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /// What makes a program the first of a session and group of its own; empty where nothing does.
    static List<String> ownSession() {
        return find("setsid")
                .map(List::of)
                .or(() -> find("perl")
                        .map(perl -> List.of(perl, "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV")))
                .orElse(List.of());
    }
}
