package dev.dwata.cli.output;

import org.jspecify.annotations.Nullable;

/// Ends the command with an exit code and one sentence.
public final class CommandFailure extends RuntimeException {
    private final int exitCode;

    public CommandFailure(int exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    public CommandFailure(int exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public static CommandFailure usage(String sentence) {
        return new CommandFailure(ExitCode.USAGE, sentence);
    }

    public int exitCode() {
        return exitCode;
    }
}
