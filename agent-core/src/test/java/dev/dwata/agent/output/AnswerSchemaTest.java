package dev.dwata.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | outputSchema must be a JSON Schema with \"type\":\"object\"",
                "{} | outputSchema must be a JSON Schema with \"type\":\"object\"",
                "{\"type\":\"array\"} | outputSchema must be a JSON Schema with \"type\":\"object\"",
                "{\"type\":\"object\",\"properties\":[]} | outputSchema is not a JSON Schema: /properties: ",
                "{\"type\":\"object\",\"required\":\"a\"} | outputSchema is not a JSON Schema: /required: ",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"strnig\"}}} | outputSchema is not a JSON Schema: /properties/a/type: ",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(\"}}} | outputSchema is not a JSON Schema: ",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/none\"}}} | outputSchema is not a JSON Schema: ",
                "{\"type\":\"object\",\"$ref\":\"#\"} | outputSchema refers to itself without end",
                "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#\"}]} | outputSchema refers to itself without end",
                "{\"type\":\"object\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"} | outputSchema must be of the dialect https",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"http://127.0.0.1:1/x\"}}} | outputSchema $ref must refer to something in the schema itself",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}} | outputSchema $ref must refer to something in the schema itself"
            })
    void whatIsNoSchemaIsNamed(String json, String error) {
        assertThatThrownBy(() -> schema(json)).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.error()).isInstanceOf(AgentError.InvalidRequest.class);
            assertThat(e.error().message()).startsWith(error);
        });
    }

    @Test
    void aSchemaHasAtMost64KiB() {
        String json = "{\"type\":\"object\",\"description\":\"%s\"}";
        int frame = json.length() - 2;
        schema(json.formatted("x".repeat((64 << 10) - frame)));

        assertThatThrownBy(() -> schema(json.formatted("x".repeat((64 << 10) - frame + 1))))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.TooLarge("outputSchema must have at most 64 KiB")));
    }

    @Test
    void aSchemaMayReferToItself() {
        AnswerSchema tree = schema("""
                {"type":"object","properties":{"name":{"type":"string"},"children":{"type":"array","items":{"$ref":"#"}}},
                 "required":["name"],"additionalProperties":false}""");

        assertThat(problems(tree, "{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}"))
                .isEmpty();
        assertThat(problems(tree, "{\"name\":\"a\",\"children\":[{\"name\":1}]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("/children/0/name: "));
    }

    private record Line(String text, double price, @Nullable String note) {}

    private enum Currency {
        EUR,
        CZK
    }

    private record Invoice(
            String number, List<Line> lines, @Nullable Currency currency) {}

    @Test
    void aRecordIsClosedAndMaySayNullForWhatMayBeAbsent() {
        AnswerSchema invoice = AnswerSchema.of(RecordAnswer.schema(Invoice.class));

        assertThat(
                        problems(
                                invoice,
                                "{\"number\":\"1\",\"lines\":[{\"text\":\"a\",\"price\":1.5,\"note\":null}],\"currency\":null}"))
                .isEmpty();
        assertThat(problems(
                        invoice, "{\"number\":\"1\",\"lines\":[{\"text\":\"a\",\"price\":1}],\"currency\":\"EUR\"}"))
                .isEmpty();
        assertThat(problems(invoice, "{\"lines\":[{\"text\":\"a\",\"price\":\"1\",\"more\":1}],\"currency\":\"USD\"}"))
                .hasSize(4);
    }

    private static List<String> problems(AnswerSchema schema, String json) {
        return schema.problems(Json.MAPPER.readTree(json));
    }

    private static AnswerSchema schema(String json) {
        return AnswerSchema.of(Json.MAPPER.readTree(json));
    }
}
