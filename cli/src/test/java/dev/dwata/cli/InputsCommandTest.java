package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ask.AskUserTool;
import dev.dwata.cli.Dwata.Ran;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputId;
import dev.dwata.types.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `dwata inputs` straight on the data folder, while somebody else carries the run that waits.
@Timeout(60)
class InputsCommandTest {
    private static final String HIDDEN = "Ada\u202e\u001b[2J";

    @TempDir
    Path folder;

    private final List<String> paid = new CopyOnWriteArrayList<>();
    private final ScriptedModel model = new ScriptedModel();
    private Dwata dwata;
    private LocalRuntime runtime;
    private @Nullable EventStream events;

    private record To(String to) {}

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
        DataFolder data = new DataFolder(dwata.home);
        data.create();
        runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(SqliteStore.open(data.database()))
                .policy(ToolPolicy.asking())
                .tools(List.of(pay(), AskUserTool.create()))
                .build();
    }

    @AfterEach
    void close() {
        if (events != null) {
            events.close();
        }
        runtime.close();
    }

    private Tool pay() {
        return Tool.of(
                new ToolSpec.Head("test.pay", "Pays.", Effect.ONCE, Approval.CONFIRM),
                To.class,
                (arguments, context) -> CallReview.PLAIN.withBound(Map.of("account", "42")),
                (arguments, context) -> {
                    paid.add(arguments.to());
                    return ToolOutcome.success(Map.of("paid", arguments.to()));
                });
    }

    /// Has a run come to its request.
    private InputId ask(String tool, String arguments) throws Exception {
        model.calls(tool, arguments).says("Done.");
        try (Run run = runtime.createSession().prompt("Go.")) {
            events = runtime.session(run.sessionId()).events(0);
        }
        return await(InputRequested.class).requestId();
    }

    private InputId askToPay() throws Exception {
        return ask("test.pay", Json.MAPPER.writeValueAsString(Map.of("to", HIDDEN)));
    }

    private <E extends AgentEvent> E await(Class<E> type) throws Exception {
        while (true) {
            Envelope next = events.next(Duration.ofSeconds(30));
            assertThat(next).as("a %s in time", type.getSimpleName()).isNotNull();
            if (type.isInstance(next.event())) {
                return type.cast(next.event());
            }
        }
    }

    private Ran inputs(String... arguments) throws Exception {
        return dwata.call(Stream.concat(Stream.of("inputs", "--local"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    @Test // K4
    void showsEverythingThatIsWaitedForWithWhatHidesInIt() throws Exception {
        assertThat(inputs()).isEqualTo(new Ran(0, "nothing is waited for\n", ""));
        InputId id = askToPay();

        Ran listed = inputs();

        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .startsWith(id + "  approval  until 20")
                .contains("dwata wants to use test.pay with\n{\n  \"to\" : \"Ada\\u202E\\u001B[2J\"\n}\n")
                .contains("  account: 42\n")
                .containsPattern("digest [0-9a-f]{64}\n")
                .doesNotContain("\u202e")
                .doesNotContain("\u001b");
        JsonNode json = Json.STRICT.readTree(inputs("list", "--json").out());
        assertThat(json.path("requestId").asString("")).isEqualTo(id.value());
        assertThat(json.path("arguments").path("to").asString("")).isEqualTo(HIDDEN);
        assertThat(inputs("show", id.value()).out()).isEqualTo(listed.out());
        assertThat(inputs("--session", json.path("sessionId").asString("")).out())
                .isEqualTo(listed.out());
    }

    @Test // K2
    void agreesOnceAndSaysWhoWasFirst() throws Exception {
        InputId id = askToPay();
        String end = id.value().substring(id.value().length() - 6);

        assertThat(inputs("approve", end)).isEqualTo(new Ran(0, id + " approve\n", ""));

        assertThat(await(InputResolved.class).by()).startsWith("local/cli-");
        assertThat(await(ToolReturned.class).success()).isTrue();
        assertThat(paid).containsExactly(HIDDEN);
        Ran late = inputs("reject", id.value());
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err()).contains("resolved already").contains("local/cli-");
        assertThat(inputs("show", id.value()).code()).isEqualTo(1);
    }

    @Test
    void agreesWithOtherArguments() throws Exception {
        InputId id = askToPay();
        Files.writeString(dwata.workspace.resolve("edit.json"), "{\"to\":\"Bob\"}");

        assertThat(inputs("approve", id.value(), "--arguments", "[]").code()).isEqualTo(2);
        assertThat(inputs("approve", id.value(), "--always").err()).contains("there is no 'always'");
        assertThat(inputs("approve", id.value(), "--arguments", "@edit.json").out())
                .isEqualTo(id + " edit\n");

        await(ToolReturned.class);
        assertThat(paid).containsExactly("Bob");
    }

    @Test
    void tellsTheModelWhyNot() throws Exception {
        InputId id = askToPay();

        assertThat(inputs("reject", id.value(), "--reason", "too much", "--json")
                        .out())
                .isEqualTo("{\"requestId\":\"" + id + "\",\"decision\":\"reject\"}\n");

        assertThat(await(ToolReturned.class).error()).endsWith("too much");
        assertThat(paid).isEmpty();
    }

    @Test // S1-83
    void answersQuestionsByTheirIds() throws Exception {
        InputId id = ask("ask_user", """
                {"questions":[{"id":"when","text":"When?","options":["now","later"]},
                  {"id":"which","text":"Which?","options":["a","b","c"],"multiple":true},
                  {"id":"many","text":"How many?","input_type":"number"}]}""");

        assertThat(inputs("show", id.value()).out()).contains("when: When?\n  1) now\n  2) later\n");
        assertThat(inputs("answer", id.value(), "when=never").err()).contains("'never' is none of 1 to 2");
        assertThat(inputs("answer", id.value(), "what=x").err()).contains("there are when, which, many");
        assertThat(inputs("approve", id.value()).code()).isEqualTo(2);
        assertThat(inputs("answer", id.value(), "--json-answer", "{\"when\":\"now\"}")
                        .err())
                .contains("'which' is missing");
        assertThat(inputs("answer", id.value(), "when=2", "which=a,3", "many=7").out())
                .isEqualTo(id + " answered\n");

        assertThat(await(ToolReturned.class).result().path("answers"))
                .hasToString("{\"when\":\"later\",\"which\":[\"a\",\"c\"],\"many\":7}");
    }

    @Test // P17
    void takesASecretOnlyWhereItIsNotWrittenDown() throws Exception {
        InputId id = ask("ask_user", """
                {"questions":[{"id":"key","text":"Key?","input_type":"secret"}]}""");

        Ran refused = inputs("answer", id.value(), "--json-answer", "{\"key\":\"hunter2\"}");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("secret").doesNotContain("hunter2");
        assertThat(runtime.inputs(null)).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws Exception {
        assertThat(inputs("approve").err()).contains("which one?");
        assertThat(inputs("approve", "x1").err()).contains("too short");
        assertThat(inputs("approve", "x1234"))
                .matches(ran -> ran.code() == 1 && ran.err().contains("nothing with the id"));
        assertThat(inputs("approve", InputId.create().value()))
                .matches(ran -> ran.code() == 1 && ran.err().contains("there is no input request"));
        assertThat(inputs("list", "x1234").code()).isEqualTo(2);
        assertThat(inputs("reject", "x1234", "--always").err()).contains("--always belongs to 'dwata inputs approve'");
        assertThat(inputs("approve", "x1234", "--scope", "workspace").err()).contains("--scope");
        assertThat(dwata.call("inputs", "--gateway", "http://127.0.0.1:1").code())
                .isEqualTo(4);
    }
}
