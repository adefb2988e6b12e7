package dev.dwata.cli;

import dev.dwata.cli.home.Backends;
import dev.dwata.cli.output.StandardStreams;
import java.nio.file.Path;
import java.util.Map;

/// What the process was started with, and what its commands share.
///
/// @param directory the current folder
record Invocation(StandardStreams streams, Map<String, String> environment, Path directory, Backends backends) {}
