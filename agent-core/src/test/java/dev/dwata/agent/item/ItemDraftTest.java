package dev.dwata.agent.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.BodyElement;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.TranscriptEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// S1-110 … S1-112, S1-161, S1-162, S2-58 … S2-61.
class ItemDraftTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clip     | []                                                | content must be an object, not an array
            clip     | {}                                                | content.code is required
            clip     | {"code":1}                                        | content.code must be a string, not a number
            clip     | {"code":"","language":true}                       | content.language must be a string, not a boolean
            song     | {"items":{}}                                      | content.items must be an array, not an object
            song     | {"items":["x"]}                                   | content.items[0] must be an object, not a string
            song     | {"items":[{"itemId":"x"}]}                        | content.items[0].itemId: itemId must be a UUID, not 'x'
            playlist | {}                                                | content.items is required
            pack     | {"samples":[{"name":"a"},{"name":"a"}]}           | content.samples[1].name is there twice: 'a'
            pack     | {"samples":[{"name":" "}]}                        | content.samples[0].name must not be empty
            document | {}                                                | content.text is required
            document | {"stream":""}                                     | content.stream must not be empty
            file     | {"body":[{"text":"x"}]}                           | content.body[0].type is required
            file     | {"body":[{"type":"verse"}]}                       | content.body[0].type must be one of heading, paragraph, code, list, chart, image, not 'verse'
            file     | {"body":[{"type":"heading","level":9,"text":"x"}]} | content.body[0]: level must be 1 to 6, not 9
            file     | {"body":[{"type":"list","ordered":true,"items":[1]}]} | content.body[0].items[0] must be a string, not a number
            file     | {"body":[{"type":"chart","chartType":"bar"}]}     | content.body[0].data is required
            file     | {"transcript":[{"id":"1","speaker":"A","start":2,"end":1,"text":""}]} | content.transcript[0]: start and end must be seconds, 0 or more, the end not before the start
            """)
    void namesTheFieldThatIsWrong(String kind, String content, String message) {
        assertThatThrownBy(() -> draft(kind, content).checked())
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.error()).isInstanceOf(AgentError.InvalidRequest.class))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clip     | {"code":"","bpm":120}
            pack     | {"samples":[{"name":"kick","url":"kick.wav"}]}
            document | {"stream":"docs/1"}
            file     | {}
            file     | {"body":[{"type":"image","src":"a.png"},{"type":"chart","chartType":"bar","data":[1]}],"transcript":[]}
            drum-kit | {"anything":[null]}
            """)
    void takesWhatFits(String kind, String content) {
        assertThatCode(() -> draft(kind, content).checked()).doesNotThrowAnyException();
    }

    @Test
    void isBounded() {
        String big = "x".repeat(ItemDraft.LARGEST_CONTENT);
        assertThatThrownBy(() -> draft("clip", "{\"code\":\"" + big + "\"}").checked())
                .hasMessage("content must have at most 524288 bytes, not 524299");
        assertThatThrownBy(() ->
                        new ItemDraft(ItemKind.CLIP, "x".repeat(201), null, Json.MAPPER.createObjectNode()).checked())
                .hasMessage("title must have 1 to 200 characters, not 201");
        assertThatThrownBy(() -> new ItemKind("Clip")).hasMessageContaining("kind must be a lower-case letter");
    }

    @Test
    void readsBodiesAsText() {
        List<BodyElement> body = List.of(
                new BodyElement.Heading(2, "Title"),
                new BodyElement.Paragraph("Some text."),
                new BodyElement.Code("java", "int x;"),
                new BodyElement.Image("a.png", null, null),
                new BodyElement.Items(true, List.of("one", "two")),
                new BodyElement.Items(false, List.of("three")));

        assertThat(PlainText.of(body))
                .isEqualTo("## Title\n\nSome text.\n\n```java\nint x;\n```\n\n1. one\n2. two\n\n- three");
        assertThat(PlainText.ofTranscript(List.of(
                        new TranscriptEntry("1", "Ada", 0, 1.25, "Hello."),
                        new TranscriptEntry("2", "Bob", 61.04, 62, "Hi."))))
                .isEqualTo("[0.0] Ada: Hello.\n[61.0] Bob: Hi.");
    }

    private static ItemDraft draft(String kind, String content) {
        return new ItemDraft(new ItemKind(kind), "A title", null, Json.MAPPER.readTree(content));
    }
}
