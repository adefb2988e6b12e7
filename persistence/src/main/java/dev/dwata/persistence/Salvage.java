package dev.dwata.persistence;

import dev.dwata.persistence.UnusableDataException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Makes a sound database of a damaged one. The damaged one is only read, and moved aside when what was saved
/// is whole, checked and on the disk.
final class Salvage {
    private static final String WHY =
            "this database was recovered from a damaged one; what the run did last may be lost";

    private final Path database;
    private final InstantSource clock;

    Salvage(Path database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// @return absent: the database is whole, nothing was done
    Optional<Recovered> recover() throws IOException {
        Aside.refuseInUse(database);
        boolean isThere = Files.exists(database) && Files.size(database) > 0;
        if (isThere && isWhole()) {
            return Optional.empty();
        }
        Path from = isThere ? database : Aside.latest(database);
        if (from == null) {
            return Optional.of(fromCopy());
        }
        try (Draft draft = Draft.of(database)) {
            Built built = build(from, draft);
            Path keptAs = isThere ? Aside.move(database, clock.instant()) : null;
            Restore.publish(draft, database, built.instance());
            return Optional.of(new Recovered(
                    from, keptAs, built.lost(), built.parked(), new Maintenance(database, clock).verify()));
        }
    }

    private boolean isWhole() {
        try {
            String known = Marker.beside(database).instance();
            new Inspection(database, new Connections(database), known).check(true);
            return new Maintenance(database, clock).verify().isWhole();
        } catch (UnusableDataException e) {
            if (e.reason() == Reason.DAMAGED) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw Maintenance.unreadable(database, e);
        } catch (RuntimeException e) {
            if (StorageErrors.isDamage(e)) {
                return false;
            }
            throw e;
        }
    }

    /// The database of before an upgrade is better than none.
    private Recovered fromCopy() throws IOException {
        for (int schema = Migrations.LATEST; schema >= 0; schema--) {
            Path copy = database.resolveSibling(database.getFileName() + ".schema" + schema);
            if (Files.exists(copy)) {
                Restored restored = new Restore(database, clock).from(copy);
                return new Recovered(
                        copy,
                        null,
                        List.of("everything since the upgrade from schema " + schema),
                        restored.parked(),
                        new Maintenance(database, clock).verify());
            }
        }
        throw new UnusableDataException(
                Reason.MISSING,
                "there is nothing to recover: no database " + database
                        + ", none that was moved aside, and no copy of before an upgrade; 'dwata restore FILE' brings"
                        + " back a backup");
    }

    private record Built(String instance, List<String> lost, int parked) {}

    private Built build(Path from, Draft draft) throws IOException {
        try (Handle target = new Connections(draft.path()).openWriter()) {
            target.execute("PRAGMA synchronous=OFF"); // it is forced to the disk as a whole
            Migrations migrations = new Migrations(target, draft.path(), clock);
            migrations.runWithoutCopy();
            List<String> lost = readable(from)
                    ? rebuild(from, target)
                    : new Mending(from, clock).tryOn(Salvage::readable, copy -> rebuild(copy, target));
            int parked = new Parking(target, clock).park(WHY);
            return new Built(Objects.requireNonNull(migrations.instance()), lost, parked);
        }
    }

    /// Whether it is known where the tables are.
    private static boolean readable(Path file) {
        try (Handle handle = new Connections(file).openToLook()) {
            return handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'session_log'")
                            .map((row, context) -> row.getInt(1))
                            .one()
                    > 0;
        } catch (RuntimeException e) {
            if (StorageErrors.isDamage(e)) {
                return false;
            }
            throw e;
        }
    }

    private List<String> rebuild(Path from, Handle target) {
        try (Handle damaged = new Connections(from).openToLook()) {
            Rebuilding rebuilding = new Rebuilding(damaged, target, AttachmentFiles.of(database), clock);
            rebuilding.rebuild();
            return rebuilding.losses().lines();
        }
    }
}
