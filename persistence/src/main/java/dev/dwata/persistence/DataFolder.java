package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything dwata keeps, and the names of what is in it.
///
/// `DWATA_HOME`, where set, is the folder. Otherwise it is where the operating system wants such data:
///
/// | system | folder |
/// |---|---|
/// | macOS | `~/Library/Application Support/dwata` |
/// | Linux | `$XDG_DATA_HOME/dwata`, by default `~/.local/share/dwata` |
/// | Windows | `%LOCALAPPDATA%\dwata`, by default `~\AppData\Local\dwata` |
public record DataFolder(Path path) {

    /// The folder on this machine, for this user. Nothing is made.
    ///
    /// @throws UnusableDataException if the system or the user's home is not known
    public static DataFolder ofThisSystem() {
        return of(System.getProperty("os.name", ""), System.getProperty("user.home"), System::getenv);
    }

    /// @param system      as in the property `os.name`
    /// @param home        as in the property `user.home`
    /// @param environment gives a variable's value, or null
    static DataFolder of(String system, @Nullable String home, UnaryOperator<@Nullable String> environment) {
        String wanted = environment.apply("DWATA_HOME");
        if (wanted != null && !wanted.isBlank()) {
            return new DataFolder(Path.of(wanted).toAbsolutePath().normalize());
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return new DataFolder(home(home).resolve("Library/Application Support/dwata"));
        }
        if (name.startsWith("linux")) {
            return new DataFolder(base(environment.apply("XDG_DATA_HOME"), home, ".local/share"));
        }
        if (name.startsWith("windows")) {
            return new DataFolder(base(environment.apply("LOCALAPPDATA"), home, "AppData/Local"));
        }
        throw new UnusableDataException(
                Reason.UNSUPPORTED_SYSTEM,
                "where data belongs is not known for the operating system '" + system
                        + "' (known: macOS, Linux, Windows); set DWATA_HOME to a folder");
    }

    /// @param set a base folder that was set; one that is not absolute does not count
    private static Path base(@Nullable String set, @Nullable String home, String usual) {
        if (set != null && !set.isBlank() && Path.of(set).isAbsolute()) {
            return Path.of(set).resolve("dwata");
        }
        return home(home).resolve(usual).resolve("dwata");
    }

    private static Path home(@Nullable String home) {
        if (home == null || home.isBlank() || home.equals("?")) {
            throw new UnusableDataException(
                    Reason.UNSUPPORTED_SYSTEM, "the home folder of this user is not known; set DWATA_HOME to a folder");
        }
        return Path.of(home);
    }

    public Path database() {
        return path.resolve("db.sqlite3");
    }

    public Path config() {
        return path.resolve("config.json");
    }

    /// Makes the folder if it is not there, and sees to it that only its owner can enter it.
    ///
    /// @throws UnusableDataException if that cannot be done
    public void create() {
        try {
            PrivateFiles.createFolder(path);
            PrivateFiles.restrictFolder(path);
        } catch (IOException e) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, "the data folder " + path + " cannot be made: " + e.getMessage(), e);
        }
    }
}
