package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NormaliserTest {
    private static final Message ASK = Message.user("Do it.");
    private static final String UNKNOWN =
            "{\"success\":false,\"error\":\"interrupted; its effects are unknown: check before repeating it\"}";

    @Test
    void givesALegalHistoryBackAsItIs() {
        List<Message> legal = List.of(
                new Message(Role.SYSTEM, List.of(new Part.Text("Be brief."))),
                ASK,
                Message.user("At once."),
                assistant(new Part.Reasoning("", "signed"), new Part.Text("Yes."), call("a"), call("b")),
                tool(result("a", "1"), result("b", "2")),
                Message.assistant("Done 😀."),
                new Message(Role.USER, List.of(new Part.Image("file:///a.png", "image/png"))));

        assertThat(Normaliser.normalise(legal)).isSameAs(legal);
        LegalHistory.check(legal);
    }

    @Test
    void sharesTheMessagesThatWereLegal() {
        List<Message> given = List.of(ASK, assistant(call("a")), tool(result("a", "1")), assistant(), ASK);

        List<Message> legal = normalised(given);

        assertThat(legal).hasSize(4);
        assertThat(legal.get(1)).isSameAs(given.get(1));
        assertThat(legal.get(2)).isSameAs(given.get(2));
    }

    @Test
    void answersACallThatHasNoResult_H1() {
        assertThat(normalised(ASK, assistant(call("a"), call("b")), tool(result("b", "2")), ASK, assistant(call("c"))))
                .containsExactly(
                        ASK,
                        assistant(call("a"), call("b")),
                        tool(failed("a", UNKNOWN), result("b", "2")),
                        ASK,
                        assistant(call("c")),
                        tool(failed("c", UNKNOWN)));
    }

    @Test
    void putsResultsBehindTheirCallsInTheirOrder_H1() {
        Message steer = Message.user("Hurry up.");

        assertThat(normalised(
                        ASK,
                        assistant(call("a"), call("b"), call("c")),
                        steer,
                        tool(result("c", "3")),
                        tool(result("b", "2")),
                        Message.assistant("So."),
                        tool(result("a", "1"))))
                .containsExactly(
                        ASK,
                        assistant(call("a"), call("b"), call("c")),
                        tool(result("a", "1"), result("b", "2"), result("c", "3")),
                        steer,
                        Message.assistant("So."));
    }

    @Test
    void tellsAResultWithoutACallAsTheUsersText_H1() {
        assertThat(normalised(ASK, assistant(call("a")), tool(result("lost", "0"), result("a", "1"))))
                .containsExactly(
                        ASK,
                        assistant(call("a")),
                        tool(result("a", "1")),
                        Message.user("(A result of the tool test.echo that belongs to no call of this conversation: "
                                + "{\"said\":\"0\"})"));
        String long2 = normalised(ASK, tool(result("lost", "😀".repeat(5000))))
                .getLast()
                .text();
        assertThat(long2.codePointCount(0, long2.length())).isLessThan(2_200);
    }

    @Test
    void countsTheFirstOfSeveralResults_H1() {
        assertThat(normalised(
                        ASK, assistant(call("a")), tool(result("a", "1"), result("a", "2")), tool(result("a", "3"))))
                .containsExactly(ASK, assistant(call("a")), tool(result("a", "1")));
    }

    @Test
    void givesIdsThatAreUsedAgainNewOnesAndTheirResultsFollow_G8() {
        assertThat(normalised(
                        ASK,
                        assistant(call("a"), call("a")),
                        tool(result("a", "1"), result("a", "2")),
                        ASK,
                        assistant(call("a")),
                        tool(result("a", "3"))))
                .containsExactly(
                        ASK,
                        assistant(call("a"), call("dwata_1")),
                        tool(result("a", "1"), result("dwata_1", "2")),
                        ASK,
                        assistant(call("dwata_2")),
                        tool(result("dwata_2", "3")));
    }

    @Test
    void doesNotGiveALaterCallsResultToAnEarlierCallOfTheSameId_G8() {
        assertThat(normalised(ASK, assistant(call("a")), ASK, assistant(call("a")), tool(result("a", "2"))))
                .containsExactly(
                        ASK,
                        assistant(call("a")),
                        tool(failed("a", UNKNOWN)),
                        ASK,
                        assistant(call("dwata_1")),
                        tool(result("dwata_1", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a.b", "\uD800", "\0", "😀", "toolu:1", "LONG"})
    void replacesIdsThatNotEveryProviderTakes_G8(String wanted) {
        String id = wanted.equals("LONG") ? "a".repeat(10_240) : wanted;

        assertThat(normalised(ASK, assistant(call("dwata_1")), assistant(call(id)), tool(result(id, "2"))))
                .containsExactly(
                        ASK,
                        assistant(call("dwata_1")),
                        tool(failed("dwata_1", UNKNOWN)),
                        assistant(call("dwata_2")),
                        tool(result("dwata_2", "2")));
    }

    @Test
    void keepsAnIdOfSixtyFourCharacters_G8() {
        String id = "a".repeat(62) + "_-";

        assertThat(normalised(ASK, assistant(call(id)), tool(result(id, "1"))).get(1))
                .isEqualTo(assistant(call(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[1,2]", "\"{\\\"path\\\":\\\"a\\\",\"", "17", "true"})
    void quotesArgumentsThatAreNoObject_G7(String arguments) {
        JsonNode node = Json.MAPPER.readTree(arguments);
        String raw = node.isString() ? node.stringValue() : arguments;

        List<Message> legal = normalised(ASK, assistant(new Part.ToolCall("a", "test.echo", node)));

        assertThat(legal.get(1)).isEqualTo(assistant(new Part.ToolCall("a", "test.echo", json("{}"))));
        Part.ToolResult result = (Part.ToolResult) legal.get(2).parts().getFirst();
        assertThat(result.success()).isFalse();
        assertThat(result.result().path("error").stringValue())
                .isEqualTo("not done, because the arguments are not a JSON object: " + raw);
    }

    @Test
    void quotesFiveHundredCodePointsOfArgumentsAndNoHalfOfOne_G7_H5() {
        JsonNode raw = Json.MAPPER.getNodeFactory().stringNode("x" + "😀".repeat(600));

        List<Message> legal = normalised(ASK, assistant(new Part.ToolCall("a", "test.echo", raw)));

        Part.ToolResult result = (Part.ToolResult) legal.get(2).parts().getFirst();
        assertThat(result.result().path("error").stringValue()).endsWith(": x" + "😀".repeat(499) + "…");
    }

    @Test
    void keepsTheResultThatACallWithoutArgumentsHas_G7() {
        Part bad = new Part.ToolCall("a", "test.echo", json("[]"));

        assertThat(normalised(ASK, assistant(bad), tool(failed("a", "{\"error\":\"told already\"}"))))
                .containsExactly(
                        ASK,
                        assistant(new Part.ToolCall("a", "test.echo", json("{}"))),
                        tool(failed("a", "{\"error\":\"told already\"}")));
    }

    @Test
    void leavesOutWhatSaysNothing_H8() {
        assertThat(normalised(
                        ASK,
                        assistant(),
                        Message.assistant(""),
                        assistant(new Part.Text(""), new Part.Reasoning("", null)),
                        Message.user("  \n"),
                        new Message(Role.USER, List.of(new Part.Text(""), new Part.Text("Well?"))),
                        tool()))
                .containsExactly(ASK, Message.user("Well?"));
    }

    @Test
    void replacesNulAndHalvesOfSurrogatePairsEverywhere_H5_H6() {
        JsonNode dirty = Json.MAPPER
                .createObjectNode()
                .put("k\uD800", "v\0")
                .set("list", Json.MAPPER.createArrayNode().add("\uDC00😀"));
        JsonNode clean = json("{\"k\uFFFD\":\"v\uFFFD\",\"list\":[\"\uFFFD😀\"]}");

        assertThat(normalised(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.Text("\uDE00a\uD83D"),
                                        new Part.File("\0", "\0", "\uD800"),
                                        new Part.Unknown(dirty))),
                        assistant(new Part.Reasoning("\uD83D!", "\0"), new Part.ToolCall("a", "no\0such tool", dirty)),
                        tool(new Part.ToolResult("a", "no\0such tool", true, dirty))))
                .containsExactly(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.Text("\uFFFDa\uFFFD"),
                                        new Part.File("\uFFFD", "\uFFFD", "\uFFFD"),
                                        new Part.Unknown(clean))),
                        assistant(
                                new Part.Reasoning("\uFFFD!", "\uFFFD"), new Part.ToolCall("a", "no_such_tool", clean)),
                        tool(new Part.ToolResult("a", "no_such_tool", true, clean)));
    }

    @Test
    void beginsWithTheUser_H1() {
        Message instructions = new Message(Role.SYSTEM, List.of(new Part.Text("Be brief.")));

        assertThat(normalised(
                        Message.assistant("…as I said."),
                        assistant(call("a")),
                        instructions,
                        tool(result("a", "1")),
                        Message.user(""),
                        Message.assistant("Hello?"),
                        ASK))
                .containsExactly(instructions, ASK);
        assertThat(normalised(Message.assistant("Alone."))).isEmpty();
    }

    @Test
    void leavesToEachSideWhatOnlyItMaySay_H1() {
        assertThat(normalised(
                        new Message(
                                Role.USER,
                                List.of(call("u"), new Part.Reasoning("hm", "signed"), new Part.Text("Go."))),
                        assistant(call("a"), result("a", "1"), result("u", "2")),
                        tool(new Part.Text("By the way."))))
                .containsExactly(
                        Message.user("Go."),
                        assistant(call("a")),
                        tool(result("a", "1")),
                        Message.user("(A result of the tool test.echo that belongs to no call of this conversation: "
                                + "{\"said\":\"2\"})"),
                        Message.user("By the way."));
    }

    @Test
    void changesNothingOfWhatItIsGiven_H1() {
        List<Message> given = new ArrayList<>(List.of(
                Message.user("\uD800"),
                assistant(new Part.ToolCall("", "", json("{\"a\":[\"\\u0000\"]}"))),
                tool(result("x", "\0"))));
        String before = Json.MAPPER.writeValueAsString(given);

        assertThat(Normaliser.normalise(given)).isNotEqualTo(given);

        assertThat(Json.MAPPER.writeValueAsString(given)).isEqualTo(before);
    }

    private static List<Message> normalised(Message... given) {
        return normalised(List.of(given));
    }

    private static List<Message> normalised(List<Message> given) {
        List<Message> legal = Normaliser.normalise(given);
        LegalHistory.check(legal);
        assertThat(Normaliser.normalise(legal)).isSameAs(legal);
        return legal;
    }

    private static Message assistant(Part... parts) {
        return new Message(Role.ASSISTANT, List.of(parts));
    }

    private static Message tool(Part... parts) {
        return new Message(Role.TOOL, List.of(parts));
    }

    private static Part call(String id) {
        return new Part.ToolCall(id, "test.echo", json("{\"text\":\"x\"}"));
    }

    private static Part result(String id, String said) {
        return new Part.ToolResult(
                id, "test.echo", true, Json.MAPPER.createObjectNode().put("said", said));
    }

    private static Part failed(String id, String json) {
        return new Part.ToolResult(id, "test.echo", false, json(json));
    }

    private static JsonNode json(String json) {
        return Json.MAPPER.readTree(json);
    }
}
