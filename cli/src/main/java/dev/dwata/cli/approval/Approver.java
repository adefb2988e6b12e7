package dev.dwata.cli.approval;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputResponse;
import org.jspecify.annotations.Nullable;

/// Has a person answer what a run waits for.
@FunctionalInterface
public interface Approver {

    /// May be asked the same again, where its answer did not fit.
    ///
    /// @return absent where there is nothing to answer with: somebody else may
    /// @throws InterruptedException when it need not be answered any more, or the person has pressed Ctrl+C
    @Nullable
    InputResponse ask(InputRequested request) throws InterruptedException;

    /// Whether it is a person, who may also answer what the runs of others ask.
    default boolean isPerson() {
        return true;
    }
}
