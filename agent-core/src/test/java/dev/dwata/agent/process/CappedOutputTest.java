package dev.dwata.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// J4, H12.
class CappedOutputTest {
    private static final int END = 16 << 10;

    @TempDir
    Path state;

    @Test
    void keepsWhatIsShortAsItIs() {
        CappedOutput output = new CappedOutput(null);
        add(output, "käse\n".getBytes(StandardCharsets.UTF_8), 1);

        assertThat(output.text()).isEqualTo("käse\n");
        assertThat(output.truncated()).isFalse();
        assertThat(output.lastLine()).isEqualTo("käse");
    }

    @Test
    void isAsLongAsItsEndsInWhateverPiecesItComes() {
        Random random = new Random(7);
        for (int length :
                new int[] {0, 1, END - 1, END, END + 1, 2 * END - 1, 2 * END, 2 * END + 1, 3 * END, 9 * END + 5}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) ('a' + random.nextInt(26));
            }
            CappedOutput output = new CappedOutput(null);
            add(output, bytes, 1 + random.nextInt(3 * END));

            String all = new String(bytes, StandardCharsets.US_ASCII);
            assertThat(output.bytes()).isEqualTo(length);
            assertThat(output.text())
                    .isEqualTo(
                            length <= 2 * END
                                    ? all
                                    : all.substring(0, END)
                                            + "\n[… " + (length - 2 * END) + " bytes are left out …]\n"
                                            + all.substring(length - END));
        }
    }

    @Test
    void cutsBetweenCharacters() {
        for (String before : new String[] {"", "x", "xx", "xxx"}) {
            CappedOutput output = new CappedOutput(null);
            byte[] bytes = (before + "😀".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
            add(output, bytes, 4_097);

            assertThat(output.text())
                    .doesNotContain("\uFFFD")
                    .startsWith(before + "😀")
                    .endsWith("😀");
        }
    }

    @Test
    void isTextWithoutWhatControlsATerminal() {
        CappedOutput output = new CappedOutput(null);
        add(
                output,
                "\u001b[1;31mred\u001b[0m \u001b]0;title\u0007\u001b(Bplain\u001b[?25l\u001b"
                        .getBytes(StandardCharsets.UTF_8),
                9);
        add(output, new byte[] {(byte) 0xff, 0, 'x'}, 3);

        assertThat(output.text()).isEqualTo("red plain\uFFFD\uFFFDx");
    }

    @Test
    void isNotSlowOverUnkindEscapes() {
        CappedOutput output = new CappedOutput(null);
        add(output, "\u001b]".repeat(END).getBytes(StandardCharsets.UTF_8), 8_192);
        add(output, ("\u001b[" + "1".repeat(2 * END)).getBytes(StandardCharsets.UTF_8), 8_192);

        assertThat(output.text()).contains("left out");
    }

    @Test
    void tellsTheLastLineThatSaysSomething() {
        CappedOutput output = new CappedOutput(null);
        add(output, ("first\n" + "x".repeat(40_000) + "\n50%\r60%\r\n \n").getBytes(StandardCharsets.UTF_8), 1_000);
        assertThat(output.lastLine()).isEqualTo("60%");

        add(output, "😀".repeat(5_000).getBytes(StandardCharsets.UTF_8), 1_000);
        assertThat(output.lastLine())
                .endsWith("😀")
                .satisfies(line ->
                        assertThat(line.codePointCount(0, line.length())).isEqualTo(200));
    }

    @Test
    void keepsMoreOfItInAFileOfTheUserAlone() throws Exception {
        Path folder = state.resolve("a/output");
        CappedOutput output = new CappedOutput(new SpillFolder(folder));
        byte[] bytes = new byte[12 << 20];
        new Random(3).nextBytes(bytes);
        add(output, bytes, 10_000);
        output.close();

        Path file = output.file().orElseThrow();
        assertThat(Files.size(file)).isEqualTo(10 << 20);
        assertThat(Files.mismatch(file, Files.write(state.resolve("all"), bytes)))
                .isEqualTo(10 << 20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsFiftyFilesAtMost() throws Exception {
        for (int i = 0; i < 55; i++) {
            CappedOutput output = new CappedOutput(new SpillFolder(state));
            add(output, new byte[40_000], 40_000);
            output.close();
        }

        try (Stream<Path> files = Files.list(state)) {
            assertThat(files).hasSize(50);
        }
    }

    private static void add(CappedOutput output, byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            int length = Math.min(piece, bytes.length - at);
            byte[] copy = new byte[length];
            System.arraycopy(bytes, at, copy, 0, length);
            output.add(copy, length);
        }
    }
}
