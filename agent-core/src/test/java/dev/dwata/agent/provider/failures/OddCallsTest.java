package dev.dwata.agent.provider.failures;

import static dev.dwata.agent.provider.failures.ProviderLab.call;
import static dev.dwata.agent.provider.failures.ProviderLab.completed;
import static dev.dwata.agent.provider.failures.ProviderLab.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a run makes of calls that are not as they should be: G7, G8, G9.
@Timeout(60)
class OddCallsTest {
    private final ProviderLab lab = new ProviderLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /// G7: arguments that are no object, or not the ones that the tool wants. The model is told, and the run
    /// goes on.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{not json",
                "null",
                "[1]",
                "'a text'",
                "7",
                "{'text':'a',}",
                "{'text':'a','text':'b'}",
                "{'text':'a'} trailing",
                "{'text':['a']}",
                "{}"
            })
    void tellsTheModelOfArgumentsThatDoNotFit(String arguments) {
        lab.streams(raw("c1", "test__note", arguments.replace('\'', '"')) + end("tool_calls"))
                .says("Sorry");

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).isEmpty();
        assertThat(results(events)).singleElement().satisfies(result -> {
            assertThat(result.success()).isFalse();
            assertThat(result.error()).isNotBlank();
        });
        assertThat(events.getLast()).isEqualTo(completed("Sorry", 2));
    }

    /// G7: no arguments at all are an empty object, which here lacks a text.
    @Test
    void takesNoArgumentsAsNone() {
        lab.streams(raw("c1", "test__note", "") + end("tool_calls")).says("Sorry");
        assertThat(results(lab.run("Note it")))
                .singleElement()
                .satisfies(result -> assertThat(result.error()).contains("text"));
    }

    /// G7: a tool that there is not.
    @Test
    void tellsTheModelOfAToolThatThereIsNot() {
        lab.streams(raw("c1", "launch__rocket", "{}") + end("tool_calls")).says("Sorry");

        List<AgentEvent> events = lab.run("Launch it");

        assertThat(results(events))
                .singleElement()
                .satisfies(result -> assertThat(result.error()).contains("launch.rocket"));
        assertThat(events.getLast()).isEqualTo(completed("Sorry", 2));
    }

    /// G7: arguments of 600 KB in many pieces.
    @Test
    void takesLongArguments() {
        StringBuilder stream = new StringBuilder(call(0, "c1", "{\"text\":\""));
        for (int i = 0; i < 600; i++) {
            stream.append(call(0, "", "x".repeat(1_000)));
        }
        lab.streams(stream + call(0, "", "\"}") + end("tool_calls")).says("Done");

        lab.run("Note it");

        assertThat(lab.notes).singleElement().satisfies(note -> assertThat(note).hasSize(600_000));
    }

    /// G8: ids that are used twice, empty, long, or in other letters. Each call runs once, with an id of its
    /// own, and the next request pairs each with its result.
    @Test
    void givesEachCallAnIdOfItsOwn() {
        String long10k = "i".repeat(10_000);
        lab.streams(call(0, "same", note("a"))
                        + call(1, "same", note("b"))
                        + call(2, "", note("c"))
                        + call(3, long10k, note("d"))
                        + call(4, "ñandú-✓", note("e"))
                        + end("tool_calls"))
                .says("Done");

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).containsExactly("a", "b", "c", "d", "e");
        List<String> ids = calls(events).stream().map(ToolCalled::toolCallId).toList();
        assertThat(new HashSet<>(ids)).hasSize(5).allMatch(id -> id.length() <= 64);
        lab.server.request();
        checkPairs(lab.server.request().body(), 5);
    }

    /// G8: an id that comes again in a later turn.
    @Test
    void tellsACallFromALaterOneWithTheSameId() {
        lab.streams(call(0, "call_1", note("a")) + end("tool_calls"))
                .streams(call(0, "call_1", note("b")) + end("tool_calls"))
                .says("Done");

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).containsExactly("a", "b");
        assertThat(calls(events).stream().map(ToolCalled::toolCallId)).doesNotHaveDuplicates();
        lab.server.request();
        lab.server.request();
        checkPairs(lab.server.request().body(), 2);
    }

    /// G8: deltas that carry one index and other ids, and deltas without an index.
    @Test
    void keepsCallsApartThatShareAnIndexOrHaveNone() {
        lab.streams(call(0, "c1", note("a")) + call(0, "c2", note("b")) + end("tool_calls"))
                .streams(call(0, "c3", note("c")).replace("\"index\":0,", "")
                        + call(0, "c4", note("d")).replace("\"index\":0,", "")
                        + end("tool_calls"))
                .says("Done");

        lab.run("Note it");

        assertThat(lab.notes).containsExactly("a", "b", "c", "d");
    }

    /// G9: 20 calls at once, of which one needs a person, one fails, and one takes too long.
    @Test
    void answersTwentyCallsInTheirOrder() {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String text = i == 5 ? "fail" : i == 11 ? "slow" : "n" + i;
            stream.append(
                    i == 3
                            ? call(i, "c" + i, note(text)).replace("test__note", "test__delete")
                            : call(i, "c" + i, note(text)));
        }
        lab.streams(stream + end("tool_calls")).says("Done");

        List<AgentEvent> events = lab.run("Note all");

        List<ToolReturned> results = results(events);
        assertThat(results).extracting(ToolReturned::toolCallId).containsExactlyElementsOf(ids());
        assertThat(results)
                .filteredOn(result -> !result.success())
                .extracting(ToolReturned::toolCallId)
                .containsExactly("c3", "c5", "c11");
        assertThat(lab.notes).hasSize(19).doesNotContain("n3");
        assertThat(events.getLast()).isEqualTo(completed("Done", 2));
        lab.server.request();
        JsonNode messages = Json.MAPPER.readTree(lab.server.request().body()).path("messages");
        List<String> answered = new ArrayList<>();
        messages.forEach(message -> {
            if (message.path("role").asString("").equals("tool")) {
                answered.add(message.path("tool_call_id").asString(""));
            }
        });
        assertThat(answered).containsExactlyElementsOf(ids());
        TurnCompleted turn = (TurnCompleted) events.get(1);
        assertThat(turn.parts()).hasSize(20).allMatch(Part.ToolCall.class::isInstance);
    }

    private static List<String> ids() {
        return IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
    }

    /// Each call of a request has one result after it, and no id is used twice.
    private static void checkPairs(String body, int calls) {
        List<String> asked = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        Json.MAPPER.readTree(body).path("messages").forEach(message -> {
            message.path("tool_calls").forEach(call -> asked.add(call.path("id").asString("")));
            if (message.has("tool_call_id")) {
                answered.add(message.path("tool_call_id").asString(""));
            }
        });
        assertThat(asked).hasSize(calls).doesNotHaveDuplicates().isEqualTo(answered);
    }

    private static String note(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    private static String raw(String id, String tool, String arguments) {
        String quoted = Json.MAPPER.writeValueAsString(arguments);
        return "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"" + id
                + "\",\"function\":{\"name\":\"" + tool + "\",\"arguments\":" + quoted
                + "}}]},\"finish_reason\":null}]}\n\n";
    }

    private static List<ToolCalled> calls(List<AgentEvent> events) {
        return events.stream()
                .filter(ToolCalled.class::isInstance)
                .map(ToolCalled.class::cast)
                .toList();
    }

    private static List<ToolReturned> results(List<AgentEvent> events) {
        return events.stream()
                .filter(ToolReturned.class::isInstance)
                .map(ToolReturned.class::cast)
                .toList();
    }
}
