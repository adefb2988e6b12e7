package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// P11
@EnabledOnOs(OS.LINUX)
class HandleFolderTest extends OpenFolderContract {
    @Override
    OpenFolder open(Path path) throws IOException {
        return HandleFolder.open(path);
    }

    /// I5: what is opened stays what it was, wherever its path leads.
    @Test
    void staysTheSameFolderWhenItsPathIsTakenByAnother(@TempDir Path elsewhere) throws IOException {
        Path mine = Files.createDirectory(elsewhere.resolve("mine"));
        Path other = Files.createDirectory(elsewhere.resolve("other"));
        try (OpenFolder folder = HandleFolder.open(mine)) {
            Files.move(mine, elsewhere.resolve("moved"));
            Files.createSymbolicLink(mine, other);

            AtomicFile.write(folder, Path.of("a.txt"), false, new byte[] {'a'});
        }

        assertThat(other).isEmptyDirectory();
        assertThat(elsewhere.resolve("moved/a.txt")).hasContent("a");
    }
}
