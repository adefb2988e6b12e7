package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.Memory;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.cli.output.ExitCode;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is remembered, on the command line, while another process has the data folder open.
class MemoryCommandTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    private Ran memory(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "memory";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return dwata.call(all);
    }

    @Test
    void keepsShowsAndForgets() throws Exception {
        assertThat(memory().err()).contains("nothing is kept");
        assertThat(memory("set", "city", "Brno", "on", "the", "Svratka").code()).isZero();
        memory("set", "--pin", "name", "Ada\u001b[31m\nLovelace");
        memory("set", "city", "Praha");

        assertThat(memory("list").out()).isEqualTo("  city: Praha\n* name: Ada�[31m Lovelace\n");
        assertThat(memory("list", "ci").out()).isEqualTo("  city: Praha\n");
        assertThat(memory("list", "--limit", "1").err()).contains("there are 2");
        assertThat(memory("get", "city").out()).isEqualTo("Praha\n");
        memory("set", "name", "Grace");
        assertThat(memory("list", "name").out()).isEqualTo("* name: Grace\n");
        memory("set", "--no-pin", "name", "Grace");
        assertThat(memory("list", "name").out()).isEqualTo("  name: Grace\n");

        assertThat(memory("delete", "city").code()).isZero();
        Ran gone = memory("delete", "city");
        assertThat(gone.code()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err()).contains("nothing is kept under 'city'");
        assertThat(memory("get", "city").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void findsAlsoInASession() throws Exception {
        Files.createDirectories(dwata.home);
        memory("set", "everywhere", "a zebra");
        try (Store store = SqliteStore.open(dwata.home.resolve("db.sqlite3"))) {
            SessionId session =
                    store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();
            assertThat(memory("set", "--session", session.value(), "here", "two zebras")
                            .code())
                    .isZero();

            assertThat(store.memory().get(new Memory.Scope(Principal.LOCAL, session), "here"))
                    .isPresent();
            assertThat(memory("list").out()).isEqualTo("  everywhere: a zebra\n");
            assertThat(memory("list", "--session", session.value()).out()).isEqualTo("  here: two zebras\n");
            assertThat(memory("search", "zebra").out()).isEqualTo("  everywhere: a «zebra»\n");
            assertThat(memory("search", "zebr", "--session", session.value()).out())
                    .contains("everywhere: a «zebra»", "here: two «zebras»");
            JsonNode line = Json.MAPPER.readTree(memory("get", "here", "--session", session.value(), "--json")
                    .out());
            assertThat(line.get("scope").stringValue()).isEqualTo("session");
            assertThat(line.get("value").stringValue()).isEqualTo("two zebras");
            assertThat(line.get("pinned").booleanValue()).isFalse();
        }
        assertThat(memory("search", "lion").err()).contains("nothing that is kept has these words");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(memory("set", "key").err()).contains("'dwata memory set' takes a key and a value");
        assertThat(memory("get", "a", "--pin").err()).contains("--pin belongs to");
        assertThat(memory("list", "--limit", "0").err()).contains("--limit must be 1 to 10000");
        assertThat(memory("list", "--session", "x").err()).contains("'x' is not the id of a session");
        assertThat(memory("list", "--session", SessionId.create().value()).err())
                .contains("there is no session");
        Ran large = memory("set", "k".repeat(201), "v");
        assertThat(large.err()).contains("'key' must have 1 to 200 characters, not 201");
        assertThat(large.code()).isNotZero();
    }
}
