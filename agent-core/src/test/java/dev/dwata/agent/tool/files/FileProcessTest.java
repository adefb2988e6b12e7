package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.ToolCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The file tools in a process of their own.
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class FileProcessTest {
    @TempDir
    Path root;

    /// I10
    @Test
    void afterAKillAFileIsTheOldOneOrTheNewAndNothingElseIsLeft() throws Exception {
        byte[] old = new byte[FilesInAnotherProcess.LARGE];
        Arrays.fill(old, (byte) 'a');
        Files.write(root.resolve("large"), old);
        boolean litter = false;
        for (int kill = 0; kill < 3; kill++) {
            Process process = FilesInAnotherProcess.start("exec \"$@\"", Map.of(), "rewrite", root.toString());
            try (BufferedReader lines = process.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("writing");
                while (temporary().isEmpty() && process.isAlive()) {
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            litter |= !temporary().isEmpty();

            byte[] now = Files.readAllBytes(root.resolve("large"));
            byte[] whole = new byte[FilesInAnotherProcess.LARGE];
            Arrays.fill(whole, now[0]);
            assertThat(Arrays.equals(now, whole)).isTrue();
            ToolCalls tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
            assertThat(tools.call("filesystem.list", Map.of()).toString()).doesNotContain(".tmp");
            tools.call("filesystem.write", Map.of("path", "small", "content", "x"));
            assertThat(temporary()).isEmpty();
        }
        assertThat(litter).as("whether it was ever killed while it wrote").isTrue();
    }

    /// What a process that lives is about to finish is not swept away.
    @Test
    void doesNotSweepWhatOthersAreStillWriting() throws Exception {
        Path mine = Files.writeString(root.resolve(TemporaryName.create()), "x");
        Path gone = Files.writeString(
                root.resolve(
                        ".dwata-" + ProcessHandle.current().pid() + "-1000-00000000-0000-0000-0000-000000000000.tmp"),
                "of a process that had the same number");

        ToolCalls.of(FileTools.in(Workspace.at(root))).call("filesystem.write", Map.of("path", "a", "content", "x"));

        assertThat(mine).exists();
        assertThat(gone).doesNotExist();
    }

    /// I11: where the disk takes no more the old content stays. Here it is the process that may write no more.
    @Test
    void aFileThatCannotBeWrittenWholeStaysAsItWas() throws Exception {
        Files.writeString(root.resolve("a.txt"), "old");

        List<String> said = run("ulimit -f 100; exec \"$@\"", Map.of(), "a.txt");

        assertThat(said.getFirst()).contains("\"success\":false");
        assertThat(Files.readString(root.resolve("a.txt"))).isEqualTo("old");
        assertThat(temporary()).isEmpty();
    }

    /// I14
    @Test
    void worksInALocaleWithoutUnicode() throws Exception {
        Path folder = Files.createDirectory(root.resolve("folder"));
        Files.writeString(folder.resolve("文書 😀.txt"), "needle\n");
        Files.writeString(root.resolve("größe"), "needle\n");
        Map<String, String> environment = Map.of("LC_ALL", "C");

        List<String> said = run("exec \"$@\"", environment, "plain.txt");

        assertThat(said).hasSize(5).allMatch(line -> line.contains("\"success\":true"));
        assertThat(said.get(3)).contains("\"files\":3").contains("\"line\":1,\"text\":\"needle\"");
        assertThat(folder).doesNotExist();

        List<String> cjk = run("exec \"$@\"", environment, "\\u6587\\u66f8.txt");
        assertThat(cjk.subList(0, 2))
                .allMatch(
                        line -> line.startsWith("{\"success\":false,\"error\":\"'<6587><66f8>.txt' is not a path: names"
                                        + " on this system are in")
                                || line.startsWith("{\"success\":true"));
        assertThat(cjk.get(2)).contains("\"success\":true");
    }

    private List<String> run(String wrapper, Map<String, String> environment, String path) throws Exception {
        Process process = FilesInAnotherProcess.start(wrapper, environment, "tool", root.toString(), path);
        try {
            List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said).as("" + said).noneMatch(line -> line.contains("Exception"));
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> temporary() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tmp"))
                    .toList();
        }
    }
}
