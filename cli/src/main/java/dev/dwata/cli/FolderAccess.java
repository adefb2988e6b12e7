package dev.dwata.cli;

import dev.dwata.cli.home.GatewayLock;
import dev.dwata.cli.home.Installation;
import dev.dwata.cli.home.Settings;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.Maintenance;
import dev.dwata.persistence.UnusableDataException;
import dev.dwata.types.AgentException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The data folder of a command that looks after it, without a store on it.
final class FolderAccess {
    private final Invocation invocation;
    private final RuntimeOptions options = new RuntimeOptions();

    /// @param dataDir the flag
    FolderAccess(Invocation invocation, @Nullable Path dataDir) {
        this.invocation = invocation;
        options.dataDir = dataDir;
    }

    DataFolder folder() {
        return new RuntimeAccess(invocation, options).folder();
    }

    Settings settings() {
        return new RuntimeAccess(invocation, options).settings(folder());
    }

    /// A file that was named on the command line.
    Path file(Path named) {
        return invocation.directory().resolve(named).normalize();
    }

    <T> T maintain(Function<Maintenance, T> work) {
        DataFolder folder = folder();
        try {
            return work.apply(new Maintenance(folder.database()));
        } catch (UnusableDataException e) {
            throw Installation.failure(e);
        } catch (AgentException e) {
            throw Installation.failure(folder, e);
        }
    }

    /// With no gateway on the folder, and none that can be started meanwhile.
    <T> T maintainAlone(Function<Maintenance, T> work) {
        DataFolder folder = folder();
        Installation.create(folder);
        GatewayLock lock = GatewayLock.take(folder.path());
        try {
            return maintain(work);
        } finally {
            lock.close();
        }
    }
}
