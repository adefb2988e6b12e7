package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A JVM of its own that uses the file tools, to be killed or started under odd circumstances.
final class FilesInAnotherProcess {
    static final int LARGE = 50 * 1024 * 1024;

    private FilesInAnotherProcess() {}

    /// @param wrapper a shell command that "$@" is the JVM in
    static Process start(String wrapper, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                wrapper,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx400m",
                "-Xlog:disable",
                "-cp",
                System.getProperty("java.class.path"),
                FilesInAnotherProcess.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        process.redirectErrorStream(true);
        return process.start();
    }

    /// `rewrite`: writes a large file over and over. `tool`: calls each tool with a path, escaped as in
    /// JSON, and says in ASCII what came of it.
    public static void main(String[] arguments) throws Exception {
        Workspace workspace = Workspace.at(Path.of(arguments[1]));
        if (arguments[0].equals("rewrite")) {
            for (char c = 'b'; ; c = c == 'z' ? 'b' : (char) (c + 1)) {
                byte[] content = new byte[LARGE];
                Arrays.fill(content, (byte) c);
                System.out.println("writing");
                try (OpenFolder folder = workspace.open()) {
                    AtomicFile.write(folder, Path.of("large"), true, content);
                }
            }
        }
        ToolCalls tools = ToolCalls.of(FileTools.in(workspace));
        String path = Json.MAPPER.readTree("\"" + arguments[2] + "\"").stringValue();
        say(tools.call("filesystem.write", Map.of("path", path, "content", "x".repeat(1024 * 1024)))
                .toString());
        say(tools.call("filesystem.read", Map.of("path", path, "limit", 1)).toString());
        say(tools.call("filesystem.list", Map.of()).toString());
        say(tools.call("filesystem.search", Map.of("query", "needle")).toString());
        say(tools.call("filesystem.delete", Map.of("path", "folder", "recursive", true))
                .toString());
    }

    private static void say(String text) {
        StringBuilder ascii = new StringBuilder();
        text.chars().forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : "<%x>".formatted(c)));
        System.out.write((ascii + "\n").getBytes(StandardCharsets.US_ASCII), 0, ascii.length() + 1);
        System.out.flush();
    }
}
