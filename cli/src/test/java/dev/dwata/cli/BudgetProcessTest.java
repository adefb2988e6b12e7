package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Budgets and what was used, as a person at a terminal meets them. P15
class BudgetProcessTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
        Files.createDirectories(dwata.home);
    }

    private void config(String budgets) throws Exception {
        Files.writeString(dwata.home.resolve("config.json"), "{\"budgets\": " + budgets + "}");
    }

    @Test
    void aRunThatNeedsMoreThanItsBudgetEndsWithASentenceThatSaysWhereToRaiseIt() throws Exception {
        config("{\"run\": {\"tokens\": 10}}");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("the budget of this run is used up", "budgets.run.tokens in config.json");
    }

    @Test
    void aBudgetOfMoneyDoesNotStopTheBuiltInModelWhichIsFree() throws Exception {
        config("{\"day\": {\"usd\": 0}}");

        assertThat(dwata.call("hello").code()).isZero();
    }

    @Test
    void aBudgetThatMakesNoSenseIsAFaultOfTheConfiguration() throws Exception {
        config("{\"run\": {\"usd\": \"much\"}}");

        Ran ran = dwata.call("hello");

        assertThat(ran.code()).isEqualTo(78);
        assertThat(ran.err()).contains("budgets.run.usd must be a number");
    }

    @Test
    void whatWasUsedIsShownForPeopleAndAsJson() throws Exception {
        assertThat(dwata.call("usage").out()).startsWith("No model was used from ");
        dwata.call("hello");

        String table = dwata.call("usage", "--by", "model", "--days", "2").out();
        JsonNode json = Json.MAPPER.readTree(dwata.call("usage", "--json").out());

        assertThat(table).contains("offline/offline", "together");
        assertThat(json.get("by").stringValue()).isEqualTo("day");
        assertThat(json.get("calls").longValue()).isEqualTo(1);
        assertThat(dwata.call("usage", "--days", "0").code()).isEqualTo(2);
    }
}
