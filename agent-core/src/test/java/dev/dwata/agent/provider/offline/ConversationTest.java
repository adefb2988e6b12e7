package dev.dwata.agent.provider.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.policy.ToolPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs: the model asks for tools, the runtime runs them, the model answers. S4-163
class ConversationTest {
    @TempDir
    Path root;

    private Talking talking;

    @BeforeEach
    void begin() throws IOException {
        file("README.md", "# Hello\n\nThis is it.\n");
        file("a.txt", "first\n");
        file("b.txt", "second");
        file("src/Main.java", "class Main {}\n");
        talking = new Talking(root, ToolPolicy.allowAll());
    }

    @AfterEach
    void end() {
        talking.close();
    }

    @Test
    void introducesItselfWithTheFirstAnswerOfAConversationOnly() {
        assertThat(talking.answer("what is 2 + 2")).isEqualTo("2 + 2 = 4\n\n" + Introduction.NOTE);
        assertThat(talking.answer("what is 3 + 3")).isEqualTo("3 + 3 = 6");
        talking.newSession();
        assertThat(talking.answer("hello")).isEqualTo("Hello! " + Introduction.BRIEF);
    }

    @Test
    void saysHowToConfigureARealModel() {
        assertThat(talking.ask("help"))
                .contains("offline model", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_HOST")
                .contains("--model provider/name");
        assertThat(talking.ask("sing me a song"))
                .startsWith("I do not understand")
                .contains("ANTHROPIC_API_KEY");
    }

    @Test
    void listsAFolder() {
        assertThat(talking.ask("What files are in this folder?")).isEqualTo("""
                This folder holds 1 folder and 3 files (33 bytes):

                Folders:
                  src/

                Files:
                  README.md  21 bytes
                  a.txt      6 bytes
                  b.txt      6 bytes""");
        assertThat(talking.ask("How many files are here?"))
                .isEqualTo("This folder holds 1 folder and 3 files (33 bytes).");
        assertThat(talking.ask("and in src?")).isEqualTo("src holds 1 file (14 bytes).");
        assertThat(talking.ask("list files in nowhere"))
                .isEqualTo("I could not list the folder: there is no 'nowhere' in the workspace.");
    }

    @Test
    void shortensALongListing() throws IOException {
        for (int i = 0; i < 120; i++) {
            file("many/%03d".formatted(i), "");
        }

        assertThat(talking.ask("list files in many"))
                .startsWith("many holds 120 files (0 bytes):")
                .endsWith("  many/099  0 bytes\n  … and 20 more");
    }

    @Test
    void readsSeveralFilesInOneTurn() {
        assertThat(talking.ask("read a.txt and b.txt")).isEqualTo("""
                a.txt (1 line, 6 bytes):

                ```
                first
                ```

                b.txt (1 line, 6 bytes):

                ```
                second
                ```""");
        assertThat(talking.calls())
                .containsExactly("filesystem.read {\"path\":\"a.txt\"}", "filesystem.read {\"path\":\"b.txt\"}");
    }

    @Test
    void cutsALongFileAndFencesItSafely() throws IOException {
        file("long.md", "```\ncode\n```\n" + "line\n".repeat(500));

        assertThat(talking.ask("read long.md"))
                .startsWith("long.md (503 lines, 2.5 kB):\n\n````\n```\ncode\n")
                .endsWith("line\n````\n\n… and it goes on.")
                .hasSizeLessThan(1200);
    }

    @Test
    void explainsWhatItCannotRead() throws IOException {
        Files.write(root.resolve("logo.png"), new byte[] {1, 0, 2});
        file("empty.txt", "");

        assertThat(talking.ask("read missing.txt"))
                .isEqualTo("I could not read missing.txt: there is no 'missing.txt' in the workspace.");
        assertThat(talking.ask("read ../secret"))
                .isEqualTo("I could not read ../secret: '../secret' must not contain '..'.");
        assertThat(talking.ask("read logo.png"))
                .isEqualTo("logo.png is a binary file of 3 bytes; I can only show text.");
        assertThat(talking.ask("count the lines in logo.png"))
                .isEqualTo("logo.png is a binary file, so it has no lines to count.");
        assertThat(talking.ask("read empty.txt")).isEqualTo("empty.txt is empty.");
    }

    @Test
    void findsAFileByPartOfItsNameBeforeItReadsIt() {
        assertThat(talking.ask("read README")).startsWith("README.md (3 lines, 21 bytes):");
        assertThat(talking.calls())
                .containsExactly(
                        "filesystem.read {\"path\":\"README\"}",
                        "filesystem.find {\"pattern\":\"README*\"}",
                        "filesystem.read {\"path\":\"README.md\"}");
    }

    @Test
    void looksIntoWhatMayBeAFolderOrAFile() throws IOException {
        file("notes", "n");

        assertThat(talking.ask("what is in notes?")).startsWith("notes (1 line, 1 byte):");
        assertThat(talking.calls())
                .containsExactly("filesystem.list {\"path\":\"notes\"}", "filesystem.read {\"path\":\"notes\"}");
    }

    @Test
    void doesOneThingAfterTheOther() {
        assertThat(talking.ask("find *.txt and read the second")).isEqualTo("""
                I found 2 matches for *.txt:

                  a.txt  6 bytes
                  b.txt  6 bytes

                b.txt (1 line, 6 bytes):

                ```
                second
                ```""");
        assertThat(talking.calls())
                .containsExactly("filesystem.find {\"pattern\":\"*.txt\"}", "filesystem.read {\"path\":\"b.txt\"}");
        assertThat(talking.ask("read the first")).startsWith("a.txt");
        assertThat(talking.ask("read all of them")).contains("first", "second");
        assertThat(talking.ask("find *.zip, then read the first")).isEqualTo("""
                I found nothing named *.zip.

                I do not know which file you mean. Name it, or let me find it first.""");
    }

    @Test
    void writesAndCopies() throws IOException {
        assertThat(talking.ask("write 'hello' to new/notes.txt and then read it"))
                .isEqualTo("""
                I created new/notes.txt (5 bytes).

                new/notes.txt (1 line, 5 bytes):

                ```
                hello
                ```""");
        assertThat(talking.ask("copy it to copy.txt")).isEqualTo("I created copy.txt (5 bytes).");
        assertThat(talking.calls())
                .containsExactly(
                        "filesystem.read {\"path\":\"new/notes.txt\"}",
                        "filesystem.write {\"path\":\"copy.txt\",\"content\":\"hello\"}");
        assertThat(talking.ask("write 'other' to copy.txt")).isEqualTo("I replaced copy.txt, which now has 5 bytes.");
        assertThat(Files.readString(root.resolve("new/notes.txt"))).isEqualTo("hello");
        assertThat(Files.readString(root.resolve("copy.txt"))).isEqualTo("other");
    }

    @Test
    void copiesNothingThatItCannotCopyWhole() throws IOException {
        Files.write(root.resolve("logo.png"), new byte[] {1, 0, 2});
        file("huge.txt", "line\n".repeat(100_000));

        assertThat(talking.ask("copy logo.png to l2.png"))
                .isEqualTo("I did not copy logo.png: it is not plain text, and I copy only that.");
        assertThat(talking.ask("copy huge.txt to h2.txt"))
                .isEqualTo("I did not copy huge.txt: it has 500.0 kB, and I cannot read so much in one go.");
        assertThat(talking.ask("copy missing.txt to m2.txt"))
                .isEqualTo("I could not read missing.txt: there is no 'missing.txt' in the workspace.");
        assertThat(root.resolve("l2.png")).doesNotExist();
        assertThat(root.resolve("h2.txt")).doesNotExist();
    }

    @Test
    void saysThatItWasNotAllowedToWriteAndHowToAllowIt() {
        try (Talking unattended = new Talking(root, ToolPolicy.unattended())) {
            assertThat(unattended.ask("write 'hello' to notes.txt")).isEqualTo("""
                    I was not allowed to write notes.txt: filesystem.write needs a person's approval, and nobody can \
                    be asked here.
                    To allow it, run dwata on a terminal, where it asks you, or with --approve auto.""");
            assertThat(root.resolve("notes.txt")).doesNotExist();
        }
    }

    @Test
    void remembersInLaterSessionsToo() {
        assertThat(talking.ask("remember that my favourite colour is blue"))
                .isEqualTo("I will remember: favourite colour = blue.");
        talking.ask("my name is Bob");
        talking.newSession();

        assertThat(talking.ask("what is my favourite colour?")).isEqualTo("favourite colour: blue");
        assertThat(talking.ask("and my name?")).isEqualTo("name: Bob");
        assertThat(talking.ask("what do you remember?"))
                .isEqualTo("I remember 2 things:\n\n  favourite colour: blue\n  name: Bob");
        assertThat(talking.ask("what is my colour?")).isEqualTo("  favourite colour: blue");
        assertThat(talking.calls()).containsExactly("memory.get {\"key\":\"colour\"}", "memory.list {}");
        assertThat(talking.ask("forget my name")).isEqualTo("I have forgotten name.");
        assertThat(talking.ask("forget my name")).isEqualTo("I remembered nothing about name.");
        assertThat(talking.ask("what is my name?")).isEqualTo("I remember nothing about name.");
        assertThat(talking.ask("forget everything")).isEqualTo("I have forgotten 1 thing.");
        assertThat(talking.ask("what do you remember?")).startsWith("I remember nothing yet.");
    }

    @Test
    void doesNotPretendToKnowTheWorld() {
        assertThat(talking.ask("What is the capital of France?"))
                .startsWith("I know nothing about \"capital of france\": I only know what I was told to remember.");
        talking.ask("remember that the capital of France is Paris");
        assertThat(talking.ask("What is the capital of France?")).isEqualTo("capital of france: Paris");
    }

    @Test
    void looksUpEarlierSessions() {
        talking.ask("remember that persistence is hard");
        talking.newSession();

        assertThat(talking.ask("which sessions are about persistence?"))
                .startsWith("I found 1 session about persistence:\n\n  remember that persistence is hard\n")
                .doesNotContain("which sessions");
        assertThat(talking.ask("which sessions are about gardening?"))
                .isEqualTo("I found no other session about gardening.");
        assertThat(talking.ask("list my sessions"))
                .startsWith("You have 2 sessions:\n\n  which sessions are about persistence? (this one)\n");
    }

    @Test
    void knowsWhatWasSaidBefore() {
        talking.ask("what is 2 + 2");

        assertThat(talking.ask("and what was my previous question?"))
                .isEqualTo("Your previous message was: \"what is 2 + 2\"");
        assertThat(talking.ask("what was my first question?")).isEqualTo("Your first message was: \"what is 2 + 2\"");
        talking.ask("read a.txt");
        assertThat(talking.ask("what about b.txt?")).startsWith("b.txt (1 line, 6 bytes)");
        assertThat(talking.ask("again")).startsWith("b.txt (1 line, 6 bytes)");
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
