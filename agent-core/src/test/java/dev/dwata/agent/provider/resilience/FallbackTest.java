package dev.dwata.agent.provider.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ModelRejected;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackTest {
    private final ScriptedModel first = new ScriptedModel();
    private final ScriptedModel second = new ScriptedModel();
    private final ScriptedModel third = new ScriptedModel();
    private final Fallback chain = new Fallback(
            List.of(new Model("a", "one", first), new Model("b", "two", second), new Model("c", "three", third)));

    @Test
    void asksTheFirstAsLongAsItAnswers() {
        first.says("Hi");
        Asked asked = Asked.of(chain);
        assertThat(asked.reply().answeredBy()).isNull();
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("Hi"));
        assertThat(second.requests()).isEmpty();
    }

    static Stream<AgentError> passedOn() {
        return Stream.of(
                new ModelUnavailable("busy", null),
                new ModelUnavailable("busy", java.time.Duration.ofDays(3)),
                new AgentError.RateLimited("slow down", null),
                new AgentError.ModelNotConfigured("A_KEY is not set"),
                new ModelRejected("no such model", 404),
                new ModelRejected("nothing left to spend", 402),
                new ModelRejected("nothing left to spend", 429));
    }

    @ParameterizedTest
    @MethodSource("passedOn")
    void asksTheNextWhereOneCannotAnswer(AgentError error) {
        first.fails(error);
        second.says("Hi");

        Asked asked = Asked.of(chain);

        assertThat(asked.reply().answeredBy()).isEqualTo("b/two");
        assertThat(asked.deltas())
                .containsExactly(
                        new ModelDelta.Troubled(Reworded.with(error, "; asking b/two instead of a/one", null)),
                        new ModelDelta.Text("Hi"));
        assertThat(second.requests().getFirst()).isEqualTo(Asked.hello().of("two"));
    }

    /// G3, G4: what was said is void before another says it.
    @Test
    void beginsAgainWhereAnAnswerWasCutOff() {
        first.cutsAfter("Half");
        second.fails(new ModelUnavailable("busy", null));
        third.says("Whole");

        Asked asked = Asked.of(chain);

        assertThat(asked.reply().message().text()).isEqualTo("Whole");
        assertThat(asked.reply().answeredBy()).isEqualTo("c/three");
        assertThat(asked.deltas()).hasSize(5).element(2).isInstanceOfSatisfying(ModelDelta.Troubled.class, trouble -> {
            assertThat(trouble.error()).isInstanceOf(StreamIncomplete.class);
            assertThat(trouble.error().message()).endsWith("; asking b/two instead of a/one");
        });
        assertThat(asked.deltas().get(0)).isEqualTo(new ModelDelta.Text("Half"));
        assertThat(asked.deltas().get(1))
                .isEqualTo(new ModelDelta.Restarted("the answer of a/one was cut off; b/two answers instead"));
        assertThat(asked.deltas().subList(3, 5))
                .containsExactly(
                        new ModelDelta.Troubled(new ModelUnavailable("busy; asking c/three instead of b/two", null)),
                        new ModelDelta.Text("Whole"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 400, 401, 403, 413, 422})
    void leavesToPeopleWhatWasRefused(int status) {
        first.fails(new ModelRejected("wrong key", status));
        assertThat(Asked.of(chain).error()).isEqualTo(new ModelRejected("wrong key", status));
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void leavesAConversationThatIsTooLongToOthers() {
        first.fails(new AgentError.ContextOverflow("too long"));
        assertThat(Asked.of(chain).error()).isEqualTo(new AgentError.ContextOverflow("too long"));
    }

    @Test
    void failsAsTheLastOneDid() {
        first.fails(new ModelUnavailable("busy", null));
        second.fails(new ModelUnavailable("busier", null));
        third.fails(new ModelUnavailable("busiest", null));
        assertThat(Asked.of(chain).error()).isEqualTo(new ModelUnavailable("busiest", null));
    }

    @Test
    void asksForNoMoreThanTheOtherCanSay() {
        first.fails(new ModelUnavailable("busy", null));
        second.says("Hi");
        ModelFacts small = new ModelFacts(null, 1_000, null, Set.of());
        Asked.of(
                new Fallback(List.of(new Model("a", "one", first), new Model("b", "two", second, small))),
                Asked.hello().withMaxOutputTokens(4_000));
        assertThat(second.requests().getFirst().maxOutputTokens()).isEqualTo(1_000);
    }

    /// A session goes on with another provider, and comes back.
    @Test
    void showsAModelNoThinkingThatAnotherSigned() {
        ModelReply thought = new ModelReply(
                List.of(new Part.Reasoning("Hm.", "sig"), new Part.Text("Hi")), TokenUsage.ZERO, StopReason.END_TURN);
        List<ModelRequest> seen = new java.util.ArrayList<>();
        OwnThinking anthropic = new OwnThinking((request, sink) -> record(seen, request, thought), "a/one");
        OwnThinking gemini = new OwnThinking((request, sink) -> record(seen, request, thought), "b/two");

        ModelReply reply = Asked.of(anthropic).reply();
        Message stored = reply.message();
        assertThat(stored.parts()).containsExactly(new Part.Reasoning("Hm.", "a/one#sig"), new Part.Text("Hi"));
        Message withheld = new Message(Role.ASSISTANT, List.of(new Part.Reasoning("", "a/one#data")));
        ModelRequest next = Asked.hello().withMessages(List.of(Message.user("Hello"), stored, withheld));

        Asked.of(gemini, next);
        Asked.of(anthropic, next);

        assertThat(seen.get(1).messages())
                .containsExactly(Message.user("Hello"), new Message(Role.ASSISTANT, List.of(new Part.Text("Hi"))));
        assertThat(seen.get(2).messages())
                .containsExactly(
                        Message.user("Hello"),
                        thought.message(),
                        new Message(Role.ASSISTANT, List.of(new Part.Reasoning("", "data"))));
    }

    private static ModelReply record(List<ModelRequest> seen, ModelRequest request, ModelReply reply) {
        seen.add(request);
        return reply;
    }
}
