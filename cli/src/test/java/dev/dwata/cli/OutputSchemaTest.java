package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dwata --output-schema FILE MESSAGE`
@Timeout(60)
class OutputSchemaTest {
    private static final String SCHEMA = """
            {"type": "object", "properties": {"answer": {"type": "integer"}}, "required": ["answer"]}""";

    @TempDir
    Path folder;

    private Dwata dwata;
    private SlowModel model;

    @BeforeEach
    void prepare() throws Exception {
        model = new SlowModel();
        dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url()).with("DWATA_MODEL", "openai/test");
        Files.writeString(dwata.workspace.resolve("schema.json"), SCHEMA);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void printsJustTheJson() throws Exception {
        model.say("It is ");
        model.say("42.");
        model.finish();
        model.say("```json\n{\"answer\":");
        model.say(" 42}\n```");
        model.finish();

        Ran ran = dwata.call("--output-schema", "schema.json", "6 x 7?");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("{\"answer\": 42}\n");
        assertThat(ran.err()).contains("what this turn has said so far is void");
        assertThat(model.requests).hasSize(2).allMatch(request -> request.contains("\"answer\""));
    }

    @Test
    void printsNothingWhereTheModelDoesNotComeUpWithIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            model.say("I do not know.");
            model.finish();
        }

        Ran ran = dwata.call("--output-schema", "schema.json", "6 x 7?");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("does not follow outputSchema after 3 attempts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "none.json |  | there is no file ",
                "a.json | {\"type\": | is not JSON: ",
                "a.json | {\"type\":\"array\"} | outputSchema must be a JSON Schema with \"type\":\"object\""
            })
    void whatIsNoSchemaIsToldBeforeAnythingIsAsked(String name, String content, String why) throws Exception {
        if (content != null) {
            Files.writeString(dwata.workspace.resolve(name), content);
        }

        Ran ran = dwata.call("--output-schema", name, "6 x 7?");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        assertThat(dwata.home).doesNotExist();
    }
}
