package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What signals do to a question under way.
class CancelProcessTest {
    @TempDir
    Path folder;

    private SlowModel model;
    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        model = new SlowModel();
        dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void printsWordsAsTheyCome() throws Exception { // S4-194
        try (Running running = dwata.start("hello")) {
            running.input("");
            model.say("Once ");
            running.awaitOut(out -> out.equals("Once "));
            model.say("more");
            running.awaitOut(out -> out.equals("Once more"));
            model.finish();

            assertThat(running.end()).isEqualTo(new Ran(0, "Once more\n", ""));
        }
    }

    @Test
    void cancelsTheRunOnSigintAndTheSessionGoesOn() throws Exception { // S4-198
        try (Running running = dwata.start("hello")) {
            running.input("");
            model.say("Once ");
            running.awaitOut(out -> out.equals("Once "));
            running.signal("INT");

            assertThat(running.end()).isEqualTo(new Ran(130, "Once \n", "cancelled (Ctrl+C)\n"));
        }
        model.say("Here.");
        model.finish();
        model.finish();

        assertThat(dwata.run("again").code()).isZero();
        assertThat(dwata.run("history").out())
                .contains("(cut short)")
                .contains("Once")
                .contains("again");
    }

    @Test
    void endsAtOnceOnASecondSigint() throws Exception {
        try (Running running = dwata.start("-")) {
            running.awaitErr(err -> true);
            awaitReading(running);
            running.signal("INT");

            assertThat(running.end().code()).isEqualTo(130);
        }
    }

    @Test
    void cancelsWhatTakesTooLong() throws Exception {
        Ran ran = dwata.run("--timeout", "1", "hello");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("cancelled").contains("no answer within 1 s");
    }

    @Test
    void leavesTheRunToBeCarriedOnWhenItIsTerminated() throws Exception {
        try (Running running = dwata.start("--json", "hello")) {
            running.input("");
            model.say("Once ");
            running.awaitOut(out -> out.contains("\"token\""));
            running.signal("TERM");

            assertThat(running.end().code()).isEqualTo(143);
        }
        assertThat(dwata.run("history").out()).contains("hello").doesNotContain("(cut short)");
    }

    /// It takes signals from before it reads its input on.
    private static void awaitReading(Running running) throws Exception {
        running.type("x");
        assertThat(running.isAlive()).isTrue();
    }
}
