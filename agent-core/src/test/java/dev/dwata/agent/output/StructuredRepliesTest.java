package dev.dwata.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a model is asked, and asked again, until its answer follows a schema.
class StructuredRepliesTest {
    private static final JsonNode SCHEMA = Json.MAPPER.readTree("""
            {"type":"object","properties":{"answer":{"type":"integer"}},"required":["answer"],"additionalProperties":false}""");

    private final ScriptedModel script = new ScriptedModel();
    private final List<ModelDelta> told = new ArrayList<>();

    private ModelReply ask() throws InterruptedException {
        Model model = StructuredReplies.of(new Model("scripted", "script", script), AnswerSchema.of(SCHEMA));
        ModelRequest request = new ModelRequest("script", "Be brief.", List.of(Message.user("6 x 7?")), List.of(), 100);
        return model.client().stream(request, told::add);
    }

    @Test
    void tellsTheProviderOfTheSchemaAndGivesTheJsonBack() throws Exception {
        script.turn(turn -> turn.thinks("Easy.").says("{\"answer\"", ": 42}"));

        assertThat(ask().parts()).containsExactly(new Part.Reasoning("Easy.", null), new Part.Text("{\"answer\": 42}"));

        assertThat(script.requests())
                .containsExactly(new ModelRequest(
                        "script", "Be brief.", List.of(Message.user("6 x 7?")), List.of(), 100, SCHEMA));
        assertThat(told).noneMatch(ModelDelta.Restarted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n{\"answer\": 42}\n```",
                "  ```\n{\"answer\": 42}```  ",
                "Here you are:\n\n```JSON \r\n{\"answer\": 42}\r\n```\nAnything else?",
                "\n{\"answer\": 42}\n"
            })
    void takesTheJsonOutOfItsFence(String said) throws Exception {
        script.says(said);

        assertThat(ask().message().text()).isEqualTo("{\"answer\": 42}");
    }

    @Test
    void saysWhatIsWrongAndAsksAgain() throws Exception {
        script.turn(turn -> turn.says("{\"answer\":\"42\"}").uses(new TokenUsage(10, 5, 0, null)))
                .turn(turn -> turn.says("Sorry: 42").uses(new TokenUsage(20, 6, 0, null)))
                .turn(turn -> turn.says("{\"answer\":42}").uses(new TokenUsage(30, 7, 0, null)));

        ModelReply reply = ask();

        assertThat(reply.message().text()).isEqualTo("{\"answer\":42}");
        assertThat(reply.usage()).isEqualTo(new TokenUsage(60, 18, 0, null));
        assertThat(told)
                .extracting(delta -> delta.getClass().getSimpleName())
                .containsExactly("Text", "Restarted", "Text", "Restarted", "Text");
        List<Message> last = script.requests().getLast().messages();
        assertThat(last)
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(last.get(2).text())
                .startsWith("Your answer does not follow the JSON Schema it has to follow:\n- /answer: ")
                .endsWith("\nAnswer again, with the corrected JSON object and nothing else.");
        assertThat(last.get(4).text()).contains("- it is not one JSON object; it begins with: Sorry: 42\n");
        assertThat(script.requests()).allMatch(request -> SCHEMA.equals(request.outputSchema()));
    }

    @Test
    void givesUpAfterTwoCorrections() {
        script.says("no").says("{}").says("{\"answer\":1,\"more\":2}");

        assertThatThrownBy(this::ask).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.error()).isInstanceOf(AgentError.ModelRejected.class);
            assertThat(e.error().message())
                    .startsWith("the model's answer does not follow outputSchema after 3 attempts: ")
                    .contains("more");
        });
        assertThat(script.remaining()).isZero();
    }

    @Test
    void asksAModelThatDeclinesNoMore() {
        script.turn(turn -> turn.says("I will not.").stops(StopReason.REFUSAL)).says("{\"answer\":1}");

        assertThatThrownBy(this::ask)
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.error())
                                .isEqualTo(new AgentError.ModelRejected(
                                        "the model declined to answer in the form that was asked for", 0)));
        assertThat(script.remaining()).isEqualTo(1);
    }

    @Test
    void leavesCallsOfToolsAlone() throws Exception {
        script.turn(turn -> turn.says("I look first.").calls("test.look", "{}"));

        assertThat(ask().parts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"answer\":1,\"answer\":2}",
                "{\"answer\":1} {\"answer\":2}",
                "[{\"answer\":1}]",
                "null",
                "```\n{\"answer\":1}\n```\n```\n{\"answer\":2}\n```"
            })
    void takesNothingThatCouldBeReadInTwoWays(String said) throws Exception {
        script.says(said).says("{\"answer\":3}");

        assertThat(ask().message().text()).isEqualTo("{\"answer\":3}");
        assertThat(script.requests()).hasSize(2);
    }
}
