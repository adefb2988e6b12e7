package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// `dwata --attach FILE MESSAGE`
class AttachTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    @Test
    void filesGoWithTheMessage() throws Exception {
        Files.writeString(dwata.workspace.resolve("notes.md"), "# Zebra");
        Files.writeString(dwata.workspace.resolve("a.bin"), "GIF89a and so on");

        Ran ran = dwata.call("--attach", "notes.md", "--attach", "a.bin", "--json", "hello");

        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode message = Json.MAPPER.readTree(ran.out().lines().findFirst().orElseThrow());
        assertThat(message.path("payload").path("attachments").findValuesAsString("mediaType"))
                .containsExactly("text/markdown", "image/gif");
        try (Stream<Path> stored = Files.walk(dwata.home.resolve("attachments"))) {
            assertThat(stored.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none.txt, there is no file ",
        "., is not a file that can be attached",
        "empty.txt, is empty",
        "film.mp4, 'is none of image/png, image/jpeg, image/gif, image/webp, application/pdf or text/*, by its bytes'",
        "large.txt, has 26214401 bytes; an attachment must be at most 25 MiB"
    })
    void whatCannotBeAttachedIsToldBeforeAnythingIsAsked(String name, String why) throws Exception {
        Files.createFile(dwata.workspace.resolve("empty.txt"));
        Files.write(dwata.workspace.resolve("film.mp4"), new byte[] {0, 0, 0, 32, 'f', 't', 'y', 'p'});
        try (RandomAccessFile large =
                new RandomAccessFile(dwata.workspace.resolve("large.txt").toFile(), "rw")) {
            large.setLength((25 << 20) + 1);
        }

        Ran ran = dwata.call("--attach", name, "hello");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        assertThat(dwata.home).doesNotExist();
    }
}
