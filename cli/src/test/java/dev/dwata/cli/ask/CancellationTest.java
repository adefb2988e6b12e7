package dev.dwata.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Gate;
import dev.dwata.types.AgentEvent.RunCancelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancellationTest {
    @TempDir
    Path folder;

    private final List<Integer> exits = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation(exits::add);

    @Test
    void endsTheProcessWhereNothingRuns() {
        cancellation.press();

        assertThat(exits).containsExactly(130);
    }

    @Test
    void cancelsFirstAndEndsTheProcessTheSecondTime() { // S4-198
        try (ScriptedBackend backend = new ScriptedBackend(folder)) {
            Gate gate = new Gate();
            backend.model.turn(turn -> turn.waits(gate).says("never"));
            cancellation.expectRun();
            try (Run run = backend.runtime().prompt(NewSession.PLAIN, Prompt.of("Hi"))) {
                cancellation.begin(run);
                cancellation.press();

                assertThat(run.await()).isInstanceOf(RunCancelled.class);
                assertThat(exits).isEmpty();

                cancellation.press();
                assertThat(exits).containsExactly(130);
            }
        }
    }

    @Test
    void cancelsARunThatBeginsAfterTheKeyWasPressed() {
        try (ScriptedBackend backend = new ScriptedBackend(folder)) {
            Gate gate = new Gate();
            backend.model.turn(turn -> turn.waits(gate).says("never"));
            cancellation.expectRun();
            cancellation.press();
            try (Run run = backend.runtime().prompt(NewSession.PLAIN, Prompt.of("Hi"))) {
                cancellation.begin(run);

                assertThat(run.await()).isInstanceOf(RunCancelled.class);
                assertThat(exits).isEmpty();
            }
        }
    }

    @Test
    void isAsBeforeOnceTheRunIsOver() {
        cancellation.expectRun();
        cancellation.end();
        cancellation.press();

        assertThat(exits).containsExactly(130);
    }
}
