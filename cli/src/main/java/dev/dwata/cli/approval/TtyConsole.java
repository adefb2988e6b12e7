package dev.dwata.cli.approval;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The terminal that the process was started from, wherever its standard streams lead. A shell reads each line:
/// a read of Java's from a terminal could not be taken back, nor be left by Ctrl+C with the terminal as it was.
public final class TtyConsole implements Console {
    private static final File TERMINAL = new File("/dev/tty");
    private static final String READ = "printf '%s' \"$1\" > /dev/tty; IFS= read -r line && printf '%s\\n' \"$line\"";
    /// What is typed as soon as the prompt is there does not show either.
    private static final String READ_SECRET =
            "trap 'stty echo' EXIT; trap 'exit 130' INT TERM HUP; stty -echo; " + READ;
    /// From here on a shell names the signal that has ended it.
    private static final int SIGNALS = 128;

    private static final int LARGEST = 1 << 20;

    private final InputStream in;
    private final PrintStream out;
    private final @Nullable String editor;

    private TtyConsole(InputStream in, PrintStream out, @Nullable String editor) {
        this.in = in;
        this.out = out;
        this.editor = editor;
    }

    /// @param environment says which editor is used
    /// @return absent where the process has no terminal
    public static Optional<TtyConsole> open(Map<String, String> environment) {
        if (!Files.isExecutable(Path.of("/bin/sh"))) {
            return Optional.empty();
        }
        try {
            FileInputStream in = new FileInputStream(TERMINAL);
            PrintStream out = new PrintStream(new FileOutputStream(TERMINAL), true, StandardCharsets.UTF_8);
            String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", ""));
            return Optional.of(new TtyConsole(in, out, editor.isBlank() ? null : editor));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void show(String text) {
        out.println(text);
    }

    @Override
    public @Nullable String read(String prompt) throws InterruptedException {
        return line(prompt, READ);
    }

    @Override
    public @Nullable String readSecret(String prompt) throws InterruptedException {
        try {
            return line(prompt, READ_SECRET);
        } finally {
            out.println(); // the line feed that was typed did not show either
        }
    }

    private @Nullable String line(String prompt, String script) throws InterruptedException {
        dropWhatIsThere();
        out.flush();
        boolean ended = false;
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", script, "dwata", prompt)
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = end(shell);
            String line = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ended = line.endsWith("\n");
            if (code >= SIGNALS) {
                throw new InterruptedException("Ctrl+C");
            }
            return ended ? line.substring(0, line.length() - 1) : null;
        } catch (IOException e) {
            out.println("the terminal cannot be read: " + e.getMessage());
            return null;
        } finally {
            if (!ended) {
                out.println();
            }
        }
    }

    private static int end(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            boolean gone = process.waitFor(1, TimeUnit.SECONDS);
            if (!gone) {
                process.destroyForcibly();
            }
            throw e;
        }
    }

    private void dropWhatIsThere() {
        try {
            in.skipNBytes(in.available());
        } catch (IOException e) {
            // then reading it fails as well
        }
    }

    @Override
    public boolean editsLines() {
        return editor != null;
    }

    @Override
    public @Nullable String edit(String text) throws InterruptedException {
        if (editor == null) {
            out.println("now they are\n" + text + "\ntype all of it as one line of JSON; an empty line leaves it");
            return read("> ");
        }
        try {
            Path file = Files.createTempFile("dwata-", ".json");
            try {
                Files.writeString(file, text);
                return edited(editor, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            out.println("it cannot be edited with " + editor + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable String edited(String editor, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", editor + " \"$1\"", "dwata", file.toString())
                .redirectInput(TERMINAL)
                .redirectOutput(TERMINAL)
                .redirectError(TERMINAL)
                .start();
        int code = end(process);
        if (code != 0) {
            out.println(editor + " has ended with " + code);
            return null;
        }
        if (Files.size(file) > LARGEST) {
            out.println("that has more than " + LARGEST + " bytes");
            return null;
        }
        return Files.readString(file);
    }
}
