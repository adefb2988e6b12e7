package dev.dwata.persistence;

import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.Audit;
import dev.dwata.agent.store.Budgets;
import dev.dwata.agent.store.Children;
import dev.dwata.agent.store.Inputs;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.PolicyRules;
import dev.dwata.agent.store.Processes;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.store.SessionLog;
import dev.dwata.agent.store.Sessions;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Tokens;
import dev.dwata.agent.store.Usage;
import dev.dwata.persistence.Beats.Lease;
import dev.dwata.persistence.UnusableDataException.Reason;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A store in one SQLite file. Several processes may have it open at the same time; each is told what it has
/// committed itself, and that others have committed something.
///
/// Beside the file are those of its write-ahead log (`-wal`, `-shm`), `.initialized` (there is a database, and
/// which), `.sealed` (how it looked when it was closed), the folder `instances`, with a lock file for each
/// store that is open, and the folder `attachments`. The file must be on a local disk.
public final class SqliteStore implements Store {
    private static final int READERS = 4;

    private final Instances instances;
    private final Beats beats;
    private final Writer writer;
    private final Readers readers;
    private final Condition condition;
    private final Seal seal;
    private final SessionLog log;
    private final Sessions sessions;
    private final Runs runs;
    private final Memory memory;
    private final Attachments attachments;
    private final Budgets budgets;
    private final Usage usage;
    private final Inputs inputs;
    private final PolicyRules rules;
    private final Audit audit;
    private final Children children;
    private final Processes processes;
    private final Items items;
    private final Streams streams;
    private final StreamSubscriptions streamSubscriptions;
    private final Tokens tokens;

    private SqliteStore(
            Instances instances,
            Beats beats,
            Writer writer,
            Readers readers,
            Condition condition,
            Seal seal,
            AttachmentFiles files,
            InstantSource clock) {
        this.instances = instances;
        this.beats = beats;
        this.writer = writer;
        this.readers = readers;
        this.condition = condition;
        this.seal = seal;
        log = new SqliteLog(writer, readers, instances.own());
        sessions = new SqliteSessions(writer, readers, files);
        runs = new SqliteRuns(writer, readers, instances, beats);
        memory = new SqliteMemory(writer, readers);
        attachments = new SqliteAttachments(writer, readers, files);
        budgets = new SqliteBudgets(writer, readers, clock);
        usage = new SqliteUsage(readers);
        inputs = new SqliteInputs(readers);
        rules = new SqliteRules(writer, readers);
        audit = new SqliteAudit(readers);
        children = new SqliteChildren(writer, readers, instances);
        processes = new SqliteProcesses(readers);
        items = new SqliteItems(writer, readers);
        streams = new SqliteStreams(writer, readers, clock);
        streamSubscriptions = new SqliteStreamSubscriptions(writer, readers);
        tokens = new SqliteTokens(writer, readers, clock);
    }

    /// Opens the database; makes it, and the folders it is in, where they are missing; brings an older one up
    /// to date. One that has vanished since it was made, or is damaged, is refused and left as it is.
    ///
    /// @throws UnusableDataException if it cannot be used
    /// @throws dev.dwata.types.AgentException if another program keeps it locked, or the disk is full
    public static SqliteStore open(Path databaseFile) {
        return open(databaseFile, InstantSource.system());
    }

    static SqliteStore open(Path databaseFile, InstantSource clock) {
        return open(databaseFile, clock, Lease.DEFAULT);
    }

    static SqliteStore open(Path databaseFile, InstantSource clock, Lease lease) {
        Path file = databaseFile.toAbsolutePath();
        return open(file, new Setup(new Connections(file), clock, lease));
    }

    /// How a store is to work.
    record Setup(Connections connections, InstantSource clock, Lease lease) {
        Setup(Connections connections, InstantSource clock) {
            this(connections, clock, Lease.DEFAULT);
        }
    }

    /// @param file absolute
    static SqliteStore open(Path file, Setup setup) {
        try {
            return opened(file, setup);
        } catch (UnusableDataException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableDataException(
                    Reason.CANNOT_CREATE, "the database " + file + " cannot be made: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw StorageErrors.isDamage(e) ? Inspection.damaged(file, StorageErrors.name(e), e) : StorageErrors.of(e);
        }
    }

    private static SqliteStore opened(Path file, Setup setup) throws IOException {
        Path folder = file.resolveSibling("instances");
        PrivateFiles.createFolder(folder);
        Marker marker = Marker.beside(file);
        String known = marker.instance();
        Inspection inspection = new Inspection(file, setup.connections(), known);
        inspection.checkPresence();
        PrivateFiles.createFile(file);
        Instances instances = Instances.join(folder);
        try {
            Instances.Others others = instances.others();
            inspection.check(
                    others.areGone() || !(others.areAlive() || Seal.on(file).isIntact()));
            instances.sweep();
            return opened(file, setup, instances, known == null || known.isEmpty() ? marker : null);
        } catch (IOException | RuntimeException e) {
            instances.close();
            throw e;
        }
    }

    /// @param marker to be written; absent: it is there
    private static SqliteStore opened(Path file, Setup setup, Instances instances, @Nullable Marker marker)
            throws IOException {
        InstantSource clock = setup.clock();
        Handle handle = setup.connections().openWriter();
        try {
            Migrations migrations = new Migrations(handle, file, clock);
            migrations.check();
            Connections.writeAhead(handle);
            migrations.run();
            if (marker != null) {
                marker.write(Objects.requireNonNull(migrations.instance()));
            }
            Condition condition = new Condition(DatabaseFile.at(file));
            Readers readers = new Readers(setup.connections()::openReader, READERS, condition);
            LogRows rows = new LogRows(handle);
            Writer writer = new Writer(handle, () -> new Transaction(handle, rows, clock), condition);
            writer.start();
            Beats beats = new Beats(setup.lease(), instances.own(), System::nanoTime);
            beats.start(writer, readers);
            return new SqliteStore(
                    instances, beats, writer, readers, condition, Seal.on(file), AttachmentFiles.of(file), clock);
        } catch (IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
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
    public Attachments attachments() {
        return attachments;
    }

    @Override
    public Budgets budgets() {
        return budgets;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public PolicyRules rules() {
        return rules;
    }

    @Override
    public Audit audit() {
        return audit;
    }

    @Override
    public Children children() {
        return children;
    }

    @Override
    public Processes processes() {
        return processes;
    }

    @Override
    public Items items() {
        return items;
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public StreamSubscriptions streamSubscriptions() {
        return streamSubscriptions;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public void check() {
        AgentError problem = condition.problem();
        if (problem != null) {
            throw new AgentException(problem);
        }
        readers.read(handle -> handle.createQuery("SELECT count(*) FROM meta")
                .map((row, context) -> row.getInt(1))
                .one());
    }

    @Override
    public void close() {
        beats.stop(writer);
        writer.close();
        readers.close();
        if (condition.problem() == null) {
            seal.set();
        }
        instances.close();
    }
}
