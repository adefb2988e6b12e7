package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Attachments] does; guarantees 4.3.
public abstract class AttachmentsContract extends StoreContract {
    private static final String PNG = "\u0089PNG\r\n\u001a\nrest of the image";
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void storesBytesUnderTheirHash() throws Exception {
        Attachment stored = put(OWNER, "abc", "text/plain; charset=utf-8", "folder/notes.txt");

        assertThat(stored).isEqualTo(new Attachment(SHA_OF_ABC, 3, "text/plain", "notes.txt"));
        assertThat(stored.uri()).isEqualTo("attachment:" + SHA_OF_ABC);
        assertThat(attachments().find(OWNER, SHA_OF_ABC)).contains(stored);
        assertThat(read(OWNER, SHA_OF_ABC)).isEqualTo("abc");
    }

    @Test
    void storesTheSameBytesOnceUnderTheNameOfNow() throws Exception {
        Attachment first = put(OWNER, "abc", "text/plain", "old.txt");
        Attachment second = put(OWNER, "abc", "text/markdown", "new.md");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(attachments().find(OWNER, first.id())).contains(second);
    }

    @Test
    void showsNothingToOthers() throws Exception {
        String id = put(OWNER, "abc", "text/plain", "a.txt").id();

        assertThat(attachments().find(OTHER, id)).isEmpty();
        assertRefused(AgentError.NotFound.class, () -> attachments().open(OTHER, id));
        SessionId theirs = session(OTHER, NewSession.PLAIN);
        assertRefused(AgentError.NotFound.class, () -> ask(OTHER, theirs, part(id)));
        assertThat(store.log().headSeq(theirs)).isZero();
    }

    @Test
    void keepsEachOwnersNameOfSharedBytes() throws Exception {
        Attachment mine = put(OWNER, "abc", "text/plain", "mine.txt");
        Attachment theirs = put(OTHER, "abc", "text/csv", "theirs.csv");

        assertThat(attachments().find(OWNER, mine.id())).contains(mine);
        assertThat(attachments().find(OTHER, mine.id())).contains(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"video/mp4", "image/svg+xml", "application/octet-stream", "", "text/", "text/pl ain", "PNG"})
    void takesOnlyWhatModelsCanRead(String mediaType) {
        assertThatThrownBy(() -> put(OWNER, "abc", mediaType, "a"))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.Unsupported(
                                        "an attachment must be image/png, image/jpeg, image/gif,"
                                                + " image/webp, application/pdf or text/*, not "
                                                + (mediaType.isEmpty()
                                                        ? "of no media type"
                                                        : mediaType.toLowerCase(java.util.Locale.ROOT)))));
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, plain text",
        "image/jpeg, GIF89a",
        "application/pdf, hello %PDF-",
        "text/plain, %PDF-1.7",
        "image/webp, RIFF0000WAVE",
        "text/plain, a\0b"
    })
    void takesNothingForWhatItIsNot(String mediaType, String bytes) {
        assertRefused(AgentError.Unsupported.class, () -> put(OWNER, bytes, mediaType, "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "image/jpeg, \u00FF\u00D8\u00FFx",
        "image/JPG, \u00FF\u00D8\u00FFx",
        "image/gif, GIF87a",
        "image/webp, RIFF0000WEBPVP8",
        "application/pdf, %PDF-1.7",
        "text/x-java-source, class A {}",
        "text/plain, see %PDF-1.7"
    })
    void takesWhatItSaysItIs(String mediaType, String bytes) throws Exception {
        assertThat(put(OWNER, bytes, mediaType, "a").size()).isEqualTo(bytes.length());
    }

    @Test
    void takesExactlyTheLimitAndNotOneByteMore() throws Exception {
        assertThat(attachments()
                        .put(OWNER, new Letters(Attachments.MAX_BYTES), "text/plain", "most.txt")
                        .size())
                .isEqualTo(25L << 20);

        Letters endless = new Letters(Long.MAX_VALUE);
        assertThatThrownBy(() -> attachments().put(OWNER, endless, "text/plain", "more.txt"))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.TooLarge(
                                        "an attachment must be at most 25 MiB; 'more.txt' is larger")));
        assertThat(endless.given).isLessThan(Attachments.MAX_BYTES + (1 << 20));
    }

    @Test
    void storesNothingOfAStreamThatBreaks() {
        InputStream broken = new SequenceInputStream(new Letters(100_000), new DeadLine());

        assertThatThrownBy(() -> attachments().put(OWNER, broken, "text/plain", "a"))
                .isInstanceOf(IOException.class)
                .hasMessage("the line is dead");
        assertRefused(AgentError.InvalidRequest.class, () -> put(OWNER, "", "text/plain", "empty.txt"));
        assertThat(attachments().sweep(Instant.now().plusSeconds(60))).isZero();
    }

    @Test
    void namesAreShort_onOneLineAndWithoutFolders() throws Exception {
        assertThat(put(OWNER, "1", "text/plain", "..\\..\\a\r\nb\u202E\0.txt").name())
                .isEqualTo("ab\uFFFD.txt");
        assertThat(put(OWNER, "2", "text/plain", "folder/").name()).isEqualTo("file");
        assertThat(put(OWNER, "3", "text/plain", "\uD83E\uDD84".repeat(300)).name())
                .isEqualTo("\uD83E\uDD84".repeat(200));
    }

    @Test
    void keepsWhatTheMessageReferredToWithTheMessage() throws Exception {
        Attachment image = put(OWNER, PNG, "image/png", "a.png");
        Attachment file = put(OWNER, "abc", "text/plain", "b.txt");
        SessionId session = session();

        ask(OWNER, session, image.part(), file.part());

        assertThat(store.sessions()
                        .messages(session, 10, null)
                        .messages()
                        .getFirst()
                        .parts())
                .containsExactly(
                        new Part.Text("look"),
                        new Part.Image(image.uri(), "image/png"),
                        new Part.File(file.uri(), "text/plain", "b.txt"));
        assertThat(((MessageReceived) events(session).getFirst()).attachments())
                .containsExactly(image.part(), file.part());
    }

    @Test
    void goesWithTheLastSessionThatRefersToIt() throws Exception {
        String id = put(OWNER, "abc", "text/plain", "a.txt").id();
        put(OTHER, "abc", "text/plain", "theirs.txt");
        SessionId first = session();
        SessionId second = session();
        end(first, ask(OWNER, first, part(id), part(id)));
        end(second, ask(OWNER, second, part(id)));

        store.sessions().purge(OWNER, first);
        assertThat(read(OWNER, id)).isEqualTo("abc");

        store.sessions().purge(OWNER, second);
        assertThat(attachments().find(OWNER, id)).isEmpty();
        assertThat(read(OTHER, id)).isEqualTo("abc");
        assertRefused(AgentError.NotFound.class, () -> ask(OWNER, session(), part(id)));

        put(OWNER, "abc", "text/plain", "again.txt");
        assertThat(read(OWNER, id)).isEqualTo("abc");
    }

    @Test
    void sweepsWhatWasNeverInAMessage() throws Exception {
        String used = put(OWNER, "abc", "text/plain", "used.txt").id();
        String unused = put(OWNER, "abcd", "text/plain", "unused.txt").id();
        ask(OWNER, session(), part(used));

        assertThat(attachments().sweep(Instant.now().minusSeconds(60))).isZero();
        assertThat(attachments().find(OWNER, unused)).isPresent();
        assertThat(attachments().sweep(Instant.now().plusSeconds(60))).isEqualTo(1);
        assertThat(attachments().find(OWNER, unused)).isEmpty();
        assertThat(read(OWNER, used)).isEqualTo("abc");
    }

    private Part part(String id) {
        return new Part.File("attachment:" + id, "text/plain", "a.txt");
    }

    private RunId ask(Principal owner, SessionId session, Part... parts) throws InterruptedException {
        MessageReceived message = Events.message("look").withAttachments(List.of(parts));
        return store.log().admit(admission(owner, session, message)).run().id();
    }

    private void end(SessionId session, RunId run) throws InterruptedException {
        append(session, run, Events.answer(1, "seen"), Events.completed("seen"));
    }

    private Attachment put(Principal owner, String bytes, String mediaType, String name) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return attachments().put(owner, in, mediaType, name);
    }

    private @Nullable String read(Principal owner, String id) throws IOException {
        try (InputStream in = attachments().open(owner, id)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Attachments attachments() {
        return store.attachments();
    }

    private static final class DeadLine extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line is dead");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("the line is dead");
        }
    }

    /// So many letters, none of them kept.
    private static final class Letters extends InputStream {
        private final long number;
        private long given;

        Letters(long number) {
            this.number = number;
        }

        @Override
        public int read() {
            return given++ < number ? 'a' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int now = (int) Math.min(length, number - given);
            java.util.Arrays.fill(into, from, from + Math.max(0, now), (byte) 'a');
            given += Math.max(0, now);
            return now <= 0 ? -1 : now;
        }
    }
}
