package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// I5, P11
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class JailRaceTest {
    private static final int SWAPS = 10_000;

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsSwappedForALinkAllTheTimeLeadsNowhere() throws Exception {
        Outside outside = Outside.of(folder);
        Path swapped = outside.root().resolve("swapped");
        Files.createDirectory(swapped);
        Files.writeString(swapped.resolve("secret.txt"), "mine");
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> swap(outside, swapped));

        int calls = 0;
        while (!swapping.isDone() || calls < 100) {
            String name = "swapped/new" + calls++ % 3 + ".txt";
            outside.tools().call("filesystem.write", Map.of("path", name, "content", "changed"));
            outside.tools().call("filesystem.write", Map.of("path", "swapped/deeper/f.txt", "content", "changed"));
            outside.tools().call("filesystem.move", Map.of("from", name, "to", "swapped/moved.txt", "overwrite", true));
            outside.tools().call("filesystem.delete", Map.of("path", "swapped/deeper", "recursive", true));
            JsonNode read = outside.tools().call("filesystem.read", Map.of("path", "swapped/secret.txt"));
            JsonNode found = outside.tools().call("filesystem.search", Map.of("query", "CANARY"));
            assertThat(read.toString() + found.get("lines")).doesNotContain(Outside.CANARY);
        }
        swapping.join();

        assertThat(Workspace.at(outside.root()).containment()).isEqualTo(Containment.HANDLE_WALK);
        outside.assertUntouched();
    }

    private static void swap(Outside outside, Path swapped) {
        Path aside = outside.root().resolve("aside");
        Path target = outside.secret().getParent();
        for (int i = 0; i < SWAPS; i++) {
            insist(swapped, () -> Files.move(swapped, aside));
            insist(swapped, () -> Files.createSymbolicLink(swapped, target));
            insist(swapped, () -> Files.delete(swapped));
            insist(swapped, () -> Files.move(aside, swapped));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /// A tool may have made a folder of that name meanwhile, as it should.
    private static void insist(Path swapped, Step step) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            try {
                step.run();
                return;
            } catch (FileSystemException e) {
                try (Stream<Path> made = Files.walk(swapped)) {
                    for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(path);
                    }
                } catch (IOException | UncheckedIOException again) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw new AssertionError("the folder could not be swapped", e);
            }
        }
        throw new AssertionError("the folder could not be swapped");
    }
}
