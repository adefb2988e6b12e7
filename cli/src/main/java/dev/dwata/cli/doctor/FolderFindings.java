package dev.dwata.cli.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The data folder.
final class FolderFindings {
    private static final String AREA = "folder";
    private static final long LITTLE_BYTES = 100L << 20;
    private static final Set<String> REMOTE = Set.of(
            "nfs", "nfs4", "cifs", "smb", "smb2", "smbfs", "afpfs", "webdav", "sshfs", "fuse.sshfs", "9p", "ceph");

    private FolderFindings() {}

    static List<Finding> look(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.ok(AREA, folder + " is not there yet; the first use makes it"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(AREA, folder.toString()));
        try {
            owner(folder, findings);
            space(Files.getFileStore(folder), findings);
        } catch (IOException e) {
            findings.add(Finding.problem(AREA, folder + " cannot be looked at: " + e, "see to its permissions"));
        }
        return findings;
    }

    private static void owner(Path folder, List<Finding> findings) throws IOException {
        String owner = Files.getOwner(folder).getName();
        if (!owner.equals(System.getProperty("user.name"))) {
            findings.add(Finding.warning(
                    AREA,
                    "it belongs to " + owner,
                    "use dwata as " + owner + ", or set DWATA_HOME to a folder of yours"));
        }
        if (!Files.isWritable(folder)) {
            findings.add(Finding.problem(AREA, "it cannot be written to", "chmod u+rwx " + folder));
        }
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        List<Path> open = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : Stream.concat(Stream.of(folder), files).toList()) {
                if (isOpenToOthers(file)) {
                    open.add(file);
                }
            }
        }
        findings.add(
                open.isEmpty()
                        ? Finding.ok(AREA, "only its owner can read it (0700, 0600)")
                        : Finding.warning(
                                AREA,
                                "others on this machine can read " + open.get(0)
                                        + (open.size() > 1 ? " and " + (open.size() - 1) + " more" : ""),
                                "chmod -R go= " + folder));
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        return PosixFilePermissions.toString(mode).substring(3).chars().anyMatch(flag -> flag != '-')
                && !Files.isSymbolicLink(file);
    }

    private static void space(FileStore disk, List<Finding> findings) throws IOException {
        long free = disk.getUsableSpace();
        String text = (free >> 20) + " MiB are free";
        findings.add(
                free >= LITTLE_BYTES
                        ? Finding.ok(AREA, text)
                        : Finding.problem(AREA, "only " + text, "make room on the disk of the data folder"));
        String type = disk.type().toLowerCase(Locale.ROOT);
        findings.add(
                REMOTE.contains(type)
                        ? Finding.problem(
                                AREA,
                                "it is on a network file system (" + type + "), where SQLite can lose data",
                                "set DWATA_HOME to a folder on a local disk")
                        : Finding.ok(AREA, "the file system is " + type));
    }
}
