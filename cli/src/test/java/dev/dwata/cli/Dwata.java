package dev.dwata.cli;

import dev.dwata.agent.remote.GatewayAddress;
import dev.dwata.cli.ask.Cancellation;
import dev.dwata.cli.home.RuntimeChoice;
import dev.dwata.cli.output.Captured;
import dev.dwata.cli.output.StandardStreams;
import dev.dwata.types.ClientType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `dwata` command as a process of its own, with a data folder and a workspace that belong to the test. Of
/// the environment of the tests nothing reaches it that could choose a model or a gateway.
final class Dwata {
    private static final List<String> NOT_PASSED_ON =
            List.of("DWATA_", "ANTHROPIC_", "OPENAI_", "GROQ_", "OPENROUTER_", "OLLAMA_");

    final Path home;
    final Path workspace;
    private final Map<String, String> environment = new HashMap<>();

    Dwata(Path folder) throws IOException {
        this.home = folder.resolve("home");
        this.workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
    }

    /// Sets a variable of all processes from now on.
    Dwata with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Runs it to its end with nothing to read.
    Ran run(String... arguments) throws Exception {
        return start(arguments).input("").end();
    }

    /// Does the same within this process, which is quicker; nothing is a terminal.
    Ran call(String... arguments) throws Exception {
        return callWith("", arguments);
    }

    /// @param input what is piped in
    Ran callWith(String input, String... arguments) throws Exception {
        Captured captured = new Captured();
        StandardStreams streams = captured.streams(input);
        RuntimeChoice choice = new RuntimeChoice(environment, workspace, streams::notice);
        Invocation invocation = new Invocation(streams, environment, workspace, choice);
        Cancellation cancellation = new Cancellation(code -> {
            throw new AssertionError("the process would have ended");
        });
        List<String> all = new ArrayList<>(List.of("--data-dir", home.toString()));
        all.addAll(List.of(arguments));
        int code = new CommandLines(invocation, cancellation).run(all.toArray(String[]::new));
        return new Ran(code, captured.out(), captured.err());
    }

    /// Starts it; its input stays open.
    Running start(String... arguments) throws IOException {
        return start(null, arguments);
    }

    /// @param wrapper a command that runs the shell command it is given as its last argument; absent: none
    Running start(@Nullable List<String> wrapper, String... arguments) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dwata.cli.Main"));
        java.addAll(List.of(arguments));
        List<String> command = java;
        if (wrapper != null) {
            command = new ArrayList<>(wrapper);
            command.add(java.stream()
                    .map(Dwata::quoted)
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow());
        }
        ProcessBuilder process = new ProcessBuilder(command).directory(workspace.toFile());
        process.environment().keySet().removeIf(name -> NOT_PASSED_ON.stream().anyMatch(name::startsWith));
        process.environment().put("DWATA_HOME", home.toString());
        process.environment().putAll(environment);
        return new Running(process.start());
    }

    /// Where a gateway of the data folder is, with the token that it has left there.
    GatewayAddress address(String url, ClientType type) throws IOException {
        Path token = home.resolve("token");
        return GatewayAddress.of(url, type)
                .withToken(Files.exists(token) ? Files.readString(token).strip() : null);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /// What a process that has ended has said.
    record Ran(int code, String out, String err) {}
}
