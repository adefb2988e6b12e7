package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.Events;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attachments as files: what lies where, and what becomes of it in backups and after damage.
class AttachmentFilesTest {
    private static final Principal OTHER = new Principal("somebody@else");

    @TempDir
    Path folder;

    private Path database() {
        return folder.resolve("data/db.sqlite3");
    }

    private Path attachments() {
        return folder.resolve("data/attachments");
    }

    @Test
    void theBytesLieOnceInAFileForTheOwnerAlone() throws Exception {
        try (Store store = SqliteStore.open(database())) {
            Attachment mine = put(store, Principal.LOCAL, "hello");
            put(store, Principal.LOCAL, "hello");
            put(store, OTHER, "hello");

            assertThat(files(attachments())).containsExactly(mine.id().substring(0, 2) + "/" + mine.id());
            Path file = attachments().resolve(mine.id().substring(0, 2)).resolve(mine.id());
            assertThat(file).hasContent("hello");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(attachments())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void nothingIsLeftOfWhatWasRefused() throws Exception {
        try (Store store = SqliteStore.open(database())) {
            assertThatThrownBy(() -> store.attachments().put(Principal.LOCAL, bytes("GIF89a"), "text/plain", "a.txt"))
                    .isInstanceOf(AgentException.class);

            assertThat(files(attachments())).isEmpty();
        }
    }

    @Test
    void theFileGoesWithItsLastOwner() throws Exception {
        try (Store store = SqliteStore.open(database())) {
            SessionId session = asked(store, Principal.LOCAL, put(store, Principal.LOCAL, "hello"));
            SessionId theirs = asked(store, OTHER, put(store, OTHER, "hello"));

            store.sessions().purge(Principal.LOCAL, session);
            assertThat(files(attachments())).hasSize(1);

            store.sessions().purge(OTHER, theirs);
            assertThat(files(attachments())).isEmpty();
        }
    }

    @Test
    void anotherProcessKeepsWhatItHasComeToOwn() throws Exception {
        try (Store one = SqliteStore.open(database());
                Store two = SqliteStore.open(database())) {
            SessionId session = asked(one, Principal.LOCAL, put(one, Principal.LOCAL, "hello"));
            Attachment theirs = put(two, OTHER, "hello");

            one.sessions().purge(Principal.LOCAL, session);

            assertThat(two.attachments().open(OTHER, theirs.id())).hasContent("hello");
        }
    }

    @Test
    void aLostFileIsNamedAndComesBackWithTheBytes() throws Exception {
        Attachment lost;
        Attachment damaged;
        try (Store store = SqliteStore.open(database())) {
            lost = put(store, Principal.LOCAL, "lost");
            damaged = put(store, Principal.LOCAL, "damaged");
        }
        Files.delete(file(attachments(), lost));
        Files.writeString(file(attachments(), damaged), "DAMAGED");

        assertThat(new Maintenance(database()).verify().problems())
                .containsExactlyInAnyOrder(
                        "attachment " + lost.id() + " has no file " + file(attachments(), lost),
                        "attachment " + damaged.id() + " is damaged: the file " + file(attachments(), damaged)
                                + " is not what it was");
        try (Store store = SqliteStore.open(database())) {
            assertThatThrownBy(() -> store.attachments().open(Principal.LOCAL, lost.id()))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.error())
                                    .isEqualTo(new AgentError.NotFound("the bytes of attachment " + lost.id()
                                            + " are gone; 'dwata verify' says more")));
            put(store, Principal.LOCAL, "lost");
            assertThat(store.attachments().open(Principal.LOCAL, lost.id())).hasContent("lost");
        }
    }

    @Test // N5
    void aBackupHasTheFilesAndARestoreBringsThemBack() throws Exception {
        Attachment kept;
        try (Store store = SqliteStore.open(database())) {
            kept = put(store, Principal.LOCAL, "kept");
            asked(store, Principal.LOCAL, kept);
        }
        Path backup = folder.resolve("backup");

        BackupManifest manifest = new Maintenance(database()).backup(backup, "1");

        assertThat(manifest.attachments()).isEqualTo(new BackupManifest.Attached(1, 4, 0));
        assertThat(new Maintenance(database()).verify(backup).problems()).isEmpty();
        Path elsewhere = folder.resolve("elsewhere/db.sqlite3");
        Files.createDirectories(elsewhere.getParent());
        assertThat(new Maintenance(elsewhere).restore(backup).missingAttachments())
                .isZero();
        assertThat(new Maintenance(elsewhere).verify().problems()).isEmpty();
        try (Store store = SqliteStore.open(elsewhere)) {
            assertThat(store.attachments().open(Principal.LOCAL, kept.id())).hasContent("kept");
        }
    }

    @Test // N5
    void aRestoreSaysWhatItsBackupLacks() throws Exception {
        Attachment gone;
        try (Store store = SqliteStore.open(database())) {
            gone = put(store, Principal.LOCAL, "gone");
        }
        Path backup = folder.resolve("backup");
        new Maintenance(database()).backup(backup, "1");
        Files.writeString(file(folder.resolve("backup.attachments"), gone), "evil");
        Path elsewhere = folder.resolve("elsewhere/db.sqlite3");
        Files.createDirectories(elsewhere.getParent());

        assertThat(new Maintenance(elsewhere).restore(backup).missingAttachments())
                .isEqualTo(1);

        assertThat(files(elsewhere.resolveSibling("attachments"))).isEmpty();
        assertThat(new Maintenance(elsewhere).verify().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("attachment " + gone.id() + " has no file "));
    }

    @Test
    void aBackupReplacesNoFolderOfAttachments() throws Exception {
        SqliteStore.open(database()).close();
        Files.createDirectories(folder.resolve("backup.attachments"));

        assertThatThrownBy(() -> new Maintenance(database()).backup(folder.resolve("backup"), "1"))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("backup.attachments exists already");
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    @Test
    void whatMessagesReferToIsKnownAgainAfterTheDatabaseWasDamaged() throws Exception {
        Attachment attachment;
        SessionId session;
        try (Store store = SqliteStore.open(database())) {
            attachment = put(store, Principal.LOCAL, "kept");
            session = asked(store, Principal.LOCAL, attachment);
        }
        try (var handle = new Connections(database()).openWriter()) {
            handle.execute("DELETE FROM attachments");
        }

        assertThat(new Maintenance(database()).recover()).isPresent();

        assertThat(new Maintenance(database()).verify().problems()).isEmpty();
        try (Store store = SqliteStore.open(database())) {
            assertThat(store.attachments().find(Principal.LOCAL, attachment.id()))
                    .contains(attachment);
            assertThat(store.attachments().open(Principal.LOCAL, attachment.id()))
                    .hasContent("kept");
            store.sessions().purge(Principal.LOCAL, session);
            assertThat(files(attachments())).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessHasLeftGoesWithASweep() throws Exception {
        try (Store store = SqliteStore.open(database())) {
            Attachment kept = put(store, Principal.LOCAL, "kept");
            asked(store, Principal.LOCAL, kept);
            Files.writeString(attachments().resolve(".incoming.left.part"), "half of");

            store.attachments().sweep(Instant.now().minusSeconds(60));
            assertThat(files(attachments())).hasSize(2);

            store.attachments().sweep(Instant.now().plusSeconds(60));
            assertThat(files(attachments())).hasSize(1);
            assertThat(store.attachments().open(Principal.LOCAL, kept.id())).hasContent("kept");
        }
    }

    @Test
    void aSweepOfOneProcessLeavesWhatAnotherUses() throws Exception {
        try (Store one = SqliteStore.open(database());
                Store two = SqliteStore.open(database())) {
            Attachment used = put(one, Principal.LOCAL, "used");
            put(one, Principal.LOCAL, "unused");
            asked(two, Principal.LOCAL, used);

            assertThat(one.attachments().sweep(Instant.now().plusSeconds(60))).isEqualTo(1);

            assertThat(files(attachments())).containsExactly(used.id().substring(0, 2) + "/" + used.id());
        }
    }

    private static SessionId asked(Store store, Principal owner, Attachment attachment) throws Exception {
        SessionId session = store.sessions().create(owner, NewSession.PLAIN).id();
        RunId run = RunId.create();
        store.log()
                .admit(new Admission(
                        owner,
                        session,
                        null,
                        run,
                        Events.message("look").withAttachments(List.of(attachment.part())),
                        NewSession.DEFAULT_AGENT,
                        null,
                        null));
        store.log().append(session, run, Events.answer(1, "seen"));
        store.log().append(session, run, Events.completed("seen"));
        return session;
    }

    private static Attachment put(Store store, Principal owner, String text) throws Exception {
        return store.attachments().put(owner, bytes(text), "text/plain", "a.txt");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(Path attachments, Attachment attachment) {
        return attachments.resolve(attachment.id().substring(0, 2)).resolve(attachment.id());
    }

    private static List<String> files(Path folder) throws Exception {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
