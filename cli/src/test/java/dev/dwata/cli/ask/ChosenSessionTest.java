package dev.dwata.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.Session;
import dev.dwata.cli.output.Captured;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenSessionTest {
    @TempDir
    Path folder;

    private final Captured captured = new Captured();
    private ScriptedBackend backend;
    private ChosenSession choice;

    @BeforeEach
    void open() {
        backend = new ScriptedBackend(folder);
        choice = new ChosenSession(backend, captured.streams(""));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void isANewOneAtFirst() {
        assertThat(choice.choose(null, false)).isNull();
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void isTheLastOneAfterwards() throws Exception { // S4-199
        Session last = backend.runtime().createSession();
        backend.lastSession().keep(last.id());

        Session chosen = choice.choose(null, false);

        assertThat(chosen).isNotNull();
        assertThat(chosen.id()).isEqualTo(last.id());
    }

    @Test
    void isANewOneWhereThatIsWanted() throws Exception { // S4-200
        backend.lastSession().keep(backend.runtime().createSession().id());

        assertThat(choice.choose(null, true)).isNull();
    }

    @Test
    void isANewOneWhereTheLastIsGone() throws Exception {
        backend.lastSession().keep(SessionId.create());

        assertThat(choice.choose(null, false)).isNull();
        assertThat(captured.err()).isEqualTo("dwata: the last session is gone: beginning a new one\n");
    }

    @Test
    void isANewOneWhereTheLastWasArchived() throws Exception {
        Session last = backend.runtime().createSession();
        backend.lastSession().keep(last.id());
        last.archive();

        assertThat(choice.choose(null, false)).isNull();
        assertThat(captured.err()).isEqualTo("dwata: the last session was archived: beginning a new one\n");
    }

    @Test
    void isTheNamedOne() { // S4-186
        Session named = backend.runtime().createSession();

        assertThat(choice.existing(named.id().value().toUpperCase(Locale.ROOT)).id())
                .isEqualTo(named.id());
    }

    @Test
    void mustExistWhereItIsNamed() {
        assertThatThrownBy(() -> choice.choose(SessionId.create().value(), false))
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.error()).isInstanceOf(AgentError.NotFound.class));
        assertThatThrownBy(() -> choice.choose("7", false))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(2));
        assertThatThrownBy(() -> choice.existing(null)).hasMessageContaining("there is no session yet");
    }
}
