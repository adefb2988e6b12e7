package dev.dwata.cli.doctor;

import dev.dwata.persistence.DatabaseLook;
import dev.dwata.persistence.Maintenance;
import dev.dwata.persistence.UnusableDataException;
import dev.dwata.types.AgentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The database.
final class DatabaseFindings {
    private static final String AREA = "database";
    private static final long LARGE_LOG_BYTES = 256L << 20;

    private DatabaseFindings() {}

    static List<Finding> look(Path database) {
        try {
            Optional<DatabaseLook> look = new Maintenance(database).look();
            return look.isEmpty()
                    ? List.of(Finding.ok(AREA, "there is none yet; the first use makes it"))
                    : findings(look.get());
        } catch (UnusableDataException e) {
            return List.of(Finding.problem(AREA, String.valueOf(e.getMessage()), advice(e.reason())));
        } catch (AgentException e) {
            return List.of(Finding.problem(AREA, e.error().message(), "see whether another program has it open"));
        }
    }

    private static String advice(UnusableDataException.Reason reason) {
        return switch (reason) {
            case DAMAGED -> "stop all of dwata, then 'dwata doctor --recover'";
            case MISSING -> "'dwata restore FILE' brings back a backup, 'dwata doctor --recover' what is left";
            case NEWER_SCHEMA -> "use the dwata that wrote it, or a newer one";
            case IN_USE -> "stop all of dwata that use this folder";
            case CANNOT_CREATE, UNSUPPORTED_SYSTEM -> "see to the permissions and the disk of the data folder";
        };
    }

    private static List<Finding> findings(DatabaseLook look) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                AREA,
                "schema " + look.schema() + ", " + (look.bytes() >> 10) + " KiB, "
                        + look.counts().sessions() + " sessions, "
                        + look.counts().entries() + " entries"));
        findings.add(
                look.fault() == null
                        ? Finding.ok(AREA, "its pages are whole; 'dwata verify' looks at what is in them, too")
                        : Finding.problem(
                                AREA,
                                "it is damaged: " + look.fault(),
                                "stop all of dwata, then 'dwata doctor --recover'"));
        if (look.openRuns() > 0 && !look.isInUse()) {
            findings.add(Finding.warning(
                    AREA,
                    look.openRuns() + " runs are not over, and nobody carries them out",
                    "start 'dwata gateway', or ask something in their sessions"));
        } else if (look.openRuns() > 0) {
            findings.add(Finding.ok(AREA, look.openRuns() + " runs are not over"));
        }
        if (look.isUnclean()) {
            findings.add(Finding.ok(AREA, "a process was killed while it used it; the next start checks every page"));
        }
        if (look.logBytes() > LARGE_LOG_BYTES) {
            findings.add(Finding.warning(
                    AREA,
                    "its write-ahead log has " + (look.logBytes() >> 20) + " MiB",
                    "stop programs that read the database for a long time"));
        }
        if (!look.leftovers().isEmpty()) {
            findings.add(Finding.warning(
                    AREA,
                    look.leftovers().size() + " unfinished copies were left by processes that were killed",
                    "delete " + look.leftovers().get(0) + (look.leftovers().size() > 1 ? " and its like" : "")));
        }
        return findings;
    }
}
