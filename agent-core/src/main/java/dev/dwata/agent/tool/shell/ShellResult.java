package dev.dwata.agent.tool.shell;

import dev.dwata.agent.process.CappedOutput;
import dev.dwata.agent.process.Finished;
import dev.dwata.agent.process.Finished.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What a model is told of a command.
///
/// @param output       what it said, output and errors in their order; the first and last 16 KiB of it
/// @param exitCode     0 to 255; 128 and the number of the signal where one ended it
/// @param signal       absent where none did
/// @param timedOut     whether it was ended for taking too long
/// @param outputKilled whether it was ended for saying more than 50 MiB
/// @param truncated    whether `output` has not all of it
/// @param outputFile   where the first 10 MiB of it are; absent where `output` has all
/// @param leftBehind   how many processes it had left behind, which were ended; absent where none
/// @param unstopped    the numbers of processes that could not be ended; absent where all were
@JsonNaming(SnakeCaseStrategy.class)
record ShellResult(
        String output,
        int exitCode,
        @Nullable String signal,
        boolean timedOut,
        boolean outputKilled,
        boolean truncated,
        long outputBytes,
        @Nullable String outputFile,
        @Nullable Integer leftBehind,
        @Nullable List<Long> unstopped,
        long durationMs) {

    static ShellResult of(Commands.Said said) {
        Finished finished = said.finished();
        CappedOutput output = said.output();
        return new ShellResult(
                output.text(),
                finished.exit().code(),
                finished.exit().signal(),
                finished.why() == Why.TIMED_OUT,
                finished.why() == Why.TOO_MUCH_OUTPUT,
                output.truncated() || finished.why() == Why.TOO_MUCH_OUTPUT,
                output.bytes(),
                output.file().map(Object::toString).orElse(null),
                finished.leftBehind() == 0 ? null : finished.leftBehind(),
                finished.unstopped().isEmpty() ? null : finished.unstopped(),
                finished.took().toMillis());
    }
}
