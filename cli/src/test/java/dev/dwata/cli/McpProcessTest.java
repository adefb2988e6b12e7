package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of the processes of MCP servers when dwata's own is gone.
class McpProcessTest {
    /// Greets, and neither it nor what it leaves behind cares for being asked to end.
    private static final String STUBBORN = """
            trap '' TERM HUP INT
            (trap '' TERM HUP INT; sleep 1000) &
            setsid sh -c "trap '' TERM HUP INT; sleep 1000" &
            while true; do
              IFS= read -r line || { sleep 1; continue; }
              id=$(printf '%s' "$line" | sed -n 's/.*"id":\\("[^"]*"\\).*/\\1/p')
              case "$line" in
                *'"initialize"'*) result='{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}' ;;
                *'"tools/list"'*) result='{"tools":[]}' ;;
                *) continue ;;
              esac
              printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$result"
            done
            """;

    @TempDir
    Path folder;

    @Test // L1, P7
    void nothingOfAServerIsLeftAfterAKillAndTheNextStart() throws Exception {
        try (SlowModel model = new SlowModel()) {
            Dwata dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
            Path script = Files.writeString(folder.resolve("stubborn.sh"), STUBBORN);
            ObjectNode config = Json.MAPPER.createObjectNode();
            ObjectNode server = config.putObject("mcpServers").putObject("s").put("command", "sh");
            server.putArray("args").add(script.toString());
            server.putObject("env").put("MARK", script.toString());
            Files.createDirectories(dwata.home);
            Files.writeString(dwata.home.resolve("config.json"), config.toString());
            try (Running first = dwata.start("--data-dir", dwata.home.toString(), "Hello")) {
                await(() -> !model.requests.isEmpty());
                assertThat(survivors(script)).hasSizeGreaterThanOrEqualTo(3);
                first.signal("KILL");
                assertThat(first.end().code()).isNotZero();
            }
            Files.writeString(dwata.home.resolve("config.json"), "{}");
            for (int answers = 0; answers < 6; answers++) {
                model.say("Fine.");
                model.finish();
            }

            assertThat(dwata.call("Hello again").code()).isZero();

            await(() -> survivors(script).isEmpty());
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static List<Long> survivors(Path script) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> environment(pid).contains("MARK=" + script + "\0"))
                .toList();
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
