package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What an open folder does, however the system does it.
abstract class OpenFolderContract {
    private static final Path ITSELF = Path.of(".");

    @TempDir
    Path path;

    private OpenFolder folder;

    abstract OpenFolder open(Path path) throws IOException;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectory(path.resolve("below"));
        Files.writeString(path.resolve("below/a.txt"), "a");
        Files.writeString(path.resolve("b.txt"), "b");
        folder = open(path);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void namesWhatIsInItAsOftenAsAsked() throws IOException {
        assertThat(folder.names(10)).containsExactlyInAnyOrder(Path.of("below"), Path.of("b.txt"));
        assertThat(folder.names(10)).hasSize(2);
        assertThat(folder.names(1)).hasSize(1);
    }

    @Test
    void tellsWhatIsWhat() throws IOException {
        assertThat(folder.attributes(ITSELF).isDirectory()).isTrue();
        assertThat(folder.attributes(Path.of("b.txt")).size()).isEqualTo(1);
        assertThatThrownBy(() -> folder.attributes(Path.of("no"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void leadsToFoldersInIt() throws IOException {
        try (OpenFolder below = folder.folder(Path.of("below"));
                OpenFolder again = folder.folder(ITSELF)) {
            assertThat(below.names(10)).containsExactly(Path.of("a.txt"));
            assertThat(again.names(10)).hasSize(2);
        }
        assertThatThrownBy(() -> folder.folder(Path.of("b.txt"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.folder(Path.of("no"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void followsNoLink() throws IOException {
        Files.createSymbolicLink(path.resolve("link"), Path.of("below"));
        Files.createSymbolicLink(path.resolve("file"), Path.of("b.txt"));

        assertThat(folder.attributes(Path.of("link")).isSymbolicLink()).isTrue();
        assertThatThrownBy(() -> folder.folder(Path.of("link"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.read(Path.of("file"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> folder.create(Path.of("file"), false)).isInstanceOf(IOException.class);
        folder.deleteFile(Path.of("file"));
        assertThat(path.resolve("b.txt")).exists();
    }

    @Test
    void makesFilesOnce() throws IOException {
        try (FileChannel channel = folder.create(Path.of("new"), true)) {
            channel.write(ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8)));
        }
        folder.sync();

        assertThat(Files.readString(path.resolve("new"))).isEqualTo("new");
        assertThatThrownBy(() -> folder.create(Path.of("new"), false)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsASecretAndCopiesPermissions() throws IOException {
        folder.create(Path.of("new"), true).close();
        assertThat(permissions("new")).isEqualTo("rw-------");

        Files.setPosixFilePermissions(path.resolve("b.txt"), PosixFilePermissions.fromString("r-xr-x--x"));
        folder.copyPermissions(Path.of("b.txt"), Path.of("new"));
        assertThat(permissions("new")).isEqualTo("r-xr-x--x");
    }

    @Test
    void renamesAcrossFoldersAndReplacesFiles() throws IOException {
        try (OpenFolder below = folder.folder(Path.of("below"))) {
            folder.rename(Path.of("b.txt"), below, Path.of("a.txt"));
        }

        assertThat(Files.readString(path.resolve("below/a.txt"))).isEqualTo("b");
        assertThat(path.resolve("b.txt")).doesNotExist();
        assertThatThrownBy(() -> folder.rename(Path.of("no"), folder, Path.of("c")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deletesFilesAndEmptyFolders() throws IOException {
        assertThatThrownBy(() -> folder.deleteFolder(Path.of("below"))).isInstanceOf(IOException.class);
        try (OpenFolder below = folder.folder(Path.of("below"))) {
            below.deleteFile(Path.of("a.txt"));
        }
        folder.deleteFolder(Path.of("below"));

        assertThat(path.resolve("below")).doesNotExist();
        assertThatThrownBy(() -> folder.deleteFile(Path.of("no"))).isInstanceOf(NoSuchFileException.class);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(name)));
    }
}
