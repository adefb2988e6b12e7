package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ToolsCommandTest {
    @TempDir
    Path folder;

    @Test
    void listsToolsWithWhoMustAgreeAndWhereTheyComeFrom() throws Exception {
        Dwata dwata = new Dwata(folder);
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("config.json"), """
                {"tools":{"local.date":{"description":"Tells the date.","argv":["date"]}}}""");

        Ran ran = dwata.call("tools");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("(?m)^filesystem\\.read +auto +pure +\\S+ +built-in ")
                .containsPattern("(?m)^shell\\.run +confirm +once +egress,write +built-in ")
                .containsPattern("(?m)^local\\.date +confirm +once +\\S+ +command +Tells the date\\.$")
                .contains("ask_user");
        List<JsonNode> json = dwata.call("tools", "--json")
                .out()
                .lines()
                .map(Json.STRICT::readTree)
                .toList();
        assertThat(json)
                .extracting(tool -> tool.path("name").asString(""))
                .isSorted()
                .contains("local.date");
        assertThat(dwata.call("tools", "--gateway", "http://127.0.0.1:1").code())
                .isEqualTo(2);
    }
}
