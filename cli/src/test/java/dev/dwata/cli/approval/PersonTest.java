package dev.dwata.cli.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.InputId;
import dev.dwata.types.InputKind;
import dev.dwata.types.InputQuestion;
import dev.dwata.types.InputResponse;
import dev.dwata.types.Json;
import dev.dwata.types.RuleScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a person is shown and may type, and what it means.
class PersonTest {
    private static final String RULE =
            "{\"tool\":\"shell.run\",\"argv\":[\"git\",\"status\",\"**\"],\"folder\":\"/work\"}";

    private static InputRequested request(
            InputKind kind, String arguments, @Nullable String always, List<InputQuestion> questions, String form) {
        return new InputRequested(
                InputId.create(),
                kind,
                "call",
                "shell.run",
                json(arguments),
                null,
                null,
                Map.of("cwd", "/home/ada/a\rb"),
                always == null ? null : json(always),
                questions,
                form.isEmpty() ? null : json(form),
                1_000,
                Instant.EPOCH,
                null);
    }

    private static InputRequested approval(@Nullable String always) {
        return request(InputKind.APPROVAL, "{\"command\":\"git status\"}", always, List.of(), "");
    }

    private static InputRequested asking(InputQuestion... questions) {
        return request(InputKind.QUESTION, "{}", null, List.of(questions), "");
    }

    private static InputRequested form(String schema) {
        return request(InputKind.QUESTION, "{}", null, List.of(), schema);
    }

    private static JsonNode json(String text) {
        return Json.STRICT.readTree(text);
    }

    private static @Nullable InputResponse answer(InputRequested request, ScriptedConsole console)
            throws InterruptedException {
        InputResponse response = new Person(console).ask(request);
        assertThat(console.isDone()).as("all that was typed was read").isTrue();
        return response;
    }

    private static @Nullable InputResponse answer(InputRequested request, String... typed) throws InterruptedException {
        return answer(request, new ScriptedConsole(typed));
    }

    @Test // S4-147
    void takesOnlyAClearYesForOne() throws Exception {
        assertThat(answer(approval(null), "y")).isEqualTo(new InputResponse.Approve());
        assertThat(answer(approval(null), " YES ")).isEqualTo(new InputResponse.Approve());
        assertThat(answer(approval(null), "")).isEqualTo(new InputResponse.Reject(null));
        assertThat(answer(approval(null), "n")).isEqualTo(new InputResponse.Reject(null));
        assertThat(answer(approval(null), "n  not on a Friday")).isEqualTo(new InputResponse.Reject("not on a Friday"));
        assertThat(answer(approval(null), "yep", "y but later", "n")).isEqualTo(new InputResponse.Reject(null));
        assertThat(answer(approval(null), ScriptedConsole.END)).isEqualTo(new InputResponse.Reject("nobody answered"));
    }

    @Test
    void saysWhatAlwaysAllowsBeforeItIsSaid() throws Exception {
        ScriptedConsole console = new ScriptedConsole("always galaxy", "a");
        assertThat(answer(approval(RULE), console)).isEqualTo(new InputResponse.Always(RuleScope.SESSION));
        assertThat(console.shown.getFirst())
                .contains("'always' allows shell.run, argv [\"git\",\"status\",\"**\"], folder \"/work\"");
        assertThat(console.shown.get(1)).isEqualTo("Allow it? [y/N/always/edit] ");
        assertThat(answer(approval(RULE), "always everywhere"))
                .isEqualTo(new InputResponse.Always(RuleScope.EVERYWHERE));
        assertThat(answer(approval(null), "always", "n")).isEqualTo(new InputResponse.Reject(null));
    }

    @Test
    void changesTheArgumentsAndAsksAgainWhereTheyAreNoJson() throws Exception {
        ScriptedConsole console = new ScriptedConsole("edit", "{\"command\":", "[1]", "{\"command\":\"git diff\"}");
        assertThat(answer(approval(null), console))
                .isEqualTo(new InputResponse.Approve(json("{\"command\":\"git diff\"}")));
        assertThat(console.shown).contains("edit {\"command\":\"git status\"}", "edit {\"command\":", "edit [1]");
        assertThat(console.text()).contains("this is not JSON").contains("it must be a JSON object");
        assertThat(answer(approval(null), "e", "", "n")).isEqualTo(new InputResponse.Reject(null));
        assertThat(answer(approval(null), "e", "{ \"command\" : \"git status\" }"))
                .as("unchanged")
                .isEqualTo(new InputResponse.Approve());
    }

    @Test
    void showsAllOfTheArgumentsWithWhatIsHiddenInThem_K4() throws Exception {
        String bad = "x".repeat(20_000) + "\u001b[2J\u202e\u200b\udb40\udc41 rm -rf /";
        InputRequested request = request(
                InputKind.APPROVAL,
                Json.MAPPER.createObjectNode().put("content", bad).toString(),
                null,
                List.of(),
                "");
        ScriptedConsole console = new ScriptedConsole("edit", "", "n");
        answer(request, console);

        assertThat(console.text())
                .contains("x".repeat(20_000))
                .contains("\\u001B[2J\\u202E\\u200B\\uE0041 rm -rf /")
                .contains("cwd: /home/ada/a\\u000Db")
                .doesNotContain("\u001b", "\u202e", "\u200b", "\udb40\udc41", "\r");
        String edited = console.shown.stream()
                .filter(text -> text.startsWith("edit "))
                .findFirst()
                .orElseThrow();
        assertThat(json(edited.substring("edit ".length()))).isEqualTo(request.arguments());
    }

    @Test // S1-83
    void asksOneQuestionAfterTheOtherAndAgainWhatDoesNotFit() throws Exception {
        ScriptedConsole console =
                new ScriptedConsole("3", "later", "1,4", "1, 3", "many", "1e3", "  free text ", "hunter2");
        InputResponse response = answer(
                asking(
                        new InputQuestion("when", "When?", List.of("now", "later"), null, null),
                        new InputQuestion("which", "Which?", List.of("a", "b", "c"), true, "choice"),
                        new InputQuestion("many", "How many?", null, null, "number"),
                        new InputQuestion("why", "Why?\u202e", null, null, null),
                        new InputQuestion("key", "Which key?", null, null, "secret")),
                console);

        assertThat(((InputResponse.Answer) response).answers().toString())
                .isEqualTo("{\"when\":\"later\",\"which\":[\"a\",\"c\"],\"many\":1E+3,\"why\":\"  free text \","
                        + "\"key\":\"hunter2\"}");
        assertThat(console.text())
                .contains("When?\n  1) now\n  2) later")
                .contains("'3' is none of 1 to 2")
                .contains("'4' is none of 1 to 3")
                .contains("'many' is not a number")
                .contains("Why?\\u202E")
                .contains("secret (it does not show) ")
                .doesNotContain("hunter2");
    }

    @Test
    void letsOwnWordsStandWhereTheOptionsAreOnlyProposals() throws Exception {
        InputQuestion open = new InputQuestion("colour", "Colour?", List.of("red", "blue"), null, "text");
        assertThat(answer(asking(open), "2")).hasToString("Answer[answers={\"colour\":\"blue\"}]");
        assertThat(answer(asking(open), "teal")).hasToString("Answer[answers={\"colour\":\"teal\"}]");
        assertThat(answer(asking(open), ScriptedConsole.END)).isEqualTo(new InputResponse.Reject("nobody answered"));
    }

    @Test
    void keepsWhatWasAnsweredWhenItIsAskedAgain() throws Exception {
        ScriptedConsole console = new ScriptedConsole("Ada", "s3cret", "", "", "Bob", "");
        Person person = new Person(console);
        InputRequested request = asking(
                new InputQuestion("name", "Name?", null, null, null),
                new InputQuestion("key", "Key?", null, null, "secret"));

        InputResponse first = person.ask(request);
        assertThat(person.ask(request)).isEqualTo(first);
        assertThat(person.ask(request)).hasToString("Answer[answers={\"name\":\"Bob\",\"key\":\"s3cret\"}]");
        assertThat(console.text())
                .contains("[\"Ada\"] > ")
                .contains("[as before]")
                .doesNotContain("s3cret");
    }

    @Test
    void fillsAFlatFormInFieldByField() throws Exception {
        ScriptedConsole console = new ScriptedConsole("", "Ada", "x", "36", "maybe", "y", "2", "", "1,2", "");
        InputResponse response = answer(form("""
                        {"type":"object","required":["name","age","member","plan"],"properties":{
                          "name":{"type":"string","title":"Full name"},
                          "age":{"type":"integer"},
                          "member":{"type":"boolean"},
                          "plan":{"type":"string","enum":["small","large"]},
                          "note":{"type":"string"},
                          "days":{"type":"array","items":{"type":"string","enum":["mon","tue"]}},
                          "size":{"type":"number","default":2.5}}}"""), console);

        assertThat(((InputResponse.Answer) response).answers()).hasToString("""
                {"name":"Ada","age":36,"member":true,"plan":"large","days":["mon","tue"],"size":2.5}""");
        assertThat(console.text())
                .contains("Full name")
                .contains("'x' is not a number")
                .contains("[2.5] ");
    }

    @Test
    void asksForOneLineOfJsonWhereAFormIsNotFlat() throws Exception {
        ScriptedConsole console = new ScriptedConsole("nothing", "{\"at\":{\"x\":1}}");
        InputResponse response =
                answer(form("{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"object\"}}}"), console);

        assertThat(response).isEqualTo(new InputResponse.Answer(json("{\"at\":{\"x\":1}}")));
        assertThat(console.text()).contains("this is not JSON");
    }

    @Test
    void leavesAClientsToolToTheClient() throws Exception {
        assertThat(answer(request(InputKind.CLIENT_TOOL, "{}", null, List.of(), "")))
                .isNull();
    }
}
