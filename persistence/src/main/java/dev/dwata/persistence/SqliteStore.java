package dev.dwata.persistence;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/// A store in one SQLite file. Several processes may have it open at the same time; each hears only of its own
/// commits.
///
/// Beside the file are those of its write-ahead log (`-wal`, `-shm`) and the folder `instances`, with a lock
/// file for each store that is open. The file must be on a local disk.
public final class SqliteStore implements Store {
    private static final int READERS = 4;

    private final Instances instances;
    private final Writer writer;
    private final Readers readers;
    private final SessionLog log;
    private final Sessions sessions;
    private final Runs runs;
    private final Memory memory;

    private SqliteStore(Instances instances, Writer writer, Readers readers) {
        this.instances = instances;
        this.writer = writer;
        this.readers = readers;
        log = new SqliteLog(writer, readers, instances.own());
        sessions = new SqliteSessions(writer, readers);
        runs = new SqliteRuns(writer, readers, instances);
        memory = new SqliteMemory(writer, readers);
    }

    /// Opens the database; makes it, and the folders it is in, where they are missing; brings an older one up
    /// to date.
    ///
    /// @throws UnusableDataException if it cannot be used
    /// @throws dev.dwata.types.AgentException if another program keeps it locked, or the disk is full
    public static SqliteStore open(Path databaseFile) {
        return open(databaseFile, InstantSource.system());
    }

    static SqliteStore open(Path databaseFile, InstantSource clock) {
        Path file = databaseFile.toAbsolutePath();
        Path folder = file.resolveSibling("instances");
        Instances instances;
        try {
            PrivateFiles.createFolder(folder);
            PrivateFiles.createFile(file);
            instances = Instances.join(folder);
        } catch (IOException e) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, "the database " + file + " cannot be made: " + e.getMessage(), e);
        }
        try {
            return open(new Connections(file), file, instances, clock);
        } catch (RuntimeException e) {
            instances.close();
            throw e instanceof UnusableDataException ? e : notOpened(file, e);
        }
    }

    private static RuntimeException notOpened(Path file, RuntimeException failure) {
        return StorageErrors.isDamage(failure)
                ? new UnusableDataException(Reason.DAMAGED, "the database " + file + " is damaged", failure)
                : StorageErrors.of(failure);
    }

    private static SqliteStore open(Connections connections, Path file, Instances instances, InstantSource clock) {
        Handle handle = connections.openWriter();
        try {
            Migrations migrations = new Migrations(handle, file, clock);
            migrations.check();
            Connections.writeAhead(handle);
            migrations.run();
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
        LogRows rows = new LogRows(handle);
        Writer writer = new Writer(handle, () -> new Transaction(handle, rows, clock));
        writer.start();
        return new SqliteStore(instances, writer, new Readers(connections::openReader, READERS));
    }

    @Override
    public SessionLog log() {
        return log;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public void check() {
        readers.read(handle -> handle.createQuery("SELECT count(*) FROM meta")
                .map((row, context) -> row.getInt(1))
                .one());
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        instances.close();
    }
}
