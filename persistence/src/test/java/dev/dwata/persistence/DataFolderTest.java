package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private static final String HOME = "/home/ada";

    @Test // S0-90
    void onMacOsItIsInApplicationSupport() {
        assertThat(folder("Mac OS X", Map.of())).isEqualTo(Path.of("/home/ada/Library/Application Support/dwata"));
    }

    @Test // S0-91, C-65
    void onLinuxItIsWhereXdgSays() {
        assertThat(folder("Linux", Map.of())).isEqualTo(Path.of("/home/ada/.local/share/dwata"));
        assertThat(folder("Linux", Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/dwata"));
        assertThat(folder("Linux", Map.of("XDG_DATA_HOME", "relative")))
                .isEqualTo(Path.of("/home/ada/.local/share/dwata"));
    }

    @Test // S0-92, C-65
    void onWindowsItIsInLocalAppData() {
        assertThat(folder("Windows 11", Map.of())).isEqualTo(Path.of("/home/ada/AppData/Local/dwata"));
        assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/local"))).isEqualTo(Path.of("/local/dwata"));
    }

    @Test // C-64
    void dwataHomeOverridesEverything() {
        Map<String, String> environment =
                Map.of("DWATA_HOME", "/elsewhere/x/../y", "XDG_DATA_HOME", "/data", "LOCALAPPDATA", "/local");

        for (String system : new String[] {"Linux", "Mac OS X", "Windows 11", "Plan 9"}) {
            assertThat(folder(system, environment)).isEqualTo(Path.of("/elsewhere/y"));
        }
        assertThat(folder("Linux", Map.of("DWATA_HOME", " "))).isEqualTo(Path.of("/home/ada/.local/share/dwata"));
    }

    @Test // S0-93
    void anotherSystemIsRefused() {
        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> folder("Plan 9", Map.of()))
                .withMessageContaining("'Plan 9'")
                .withMessageContaining("macOS, Linux, Windows")
                .returns(Reason.UNSUPPORTED_SYSTEM, UnusableDataException::reason);
    }

    @ParameterizedTest // S0-94
    @NullSource
    @ValueSource(strings = {"", "?"})
    void anUnknownHomeIsRefusedUnlessItIsNotNeeded(String home) {
        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> DataFolder.of("Linux", home, name -> null))
                .withMessageContaining("home folder");
        assertThat(DataFolder.of("Linux", home, Map.of("XDG_DATA_HOME", "/data")::get))
                .isEqualTo(new DataFolder(Path.of("/data/dwata")));
    }

    @Test
    void namesWhatIsInIt() {
        DataFolder folder = new DataFolder(Path.of("/d"));

        assertThat(folder.database()).isEqualTo(Path.of("/d/db.sqlite3"));
        assertThat(folder.config()).isEqualTo(Path.of("/d/config.json"));
    }

    @Test // S0-95
    @DisabledOnOs(OS.WINDOWS)
    void isMadeForItsOwnerOnly(@TempDir Path parent) throws Exception {
        DataFolder folder = new DataFolder(parent.resolve("a/b"));

        folder.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        folder.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void saysWhenItCannotBeMade(@TempDir Path parent) throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> new DataFolder(file.resolve("under")).create())
                .withMessageContaining(file.toString())
                .returns(Reason.CANNOT_CREATE, UnusableDataException::reason);
    }

    private static Path folder(String system, Map<String, String> environment) {
        return DataFolder.of(system, HOME, environment::get).path();
    }
}
