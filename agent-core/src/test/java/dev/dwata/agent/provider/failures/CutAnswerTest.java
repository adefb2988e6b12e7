package dev.dwata.agent.provider.failures;

import static dev.dwata.agent.provider.failures.ProviderLab.call;
import static dev.dwata.agent.provider.failures.ProviderLab.completed;
import static dev.dwata.agent.provider.failures.ProviderLab.end;
import static dev.dwata.agent.provider.failures.ProviderLab.message;
import static dev.dwata.agent.provider.failures.ProviderLab.text;
import static dev.dwata.agent.provider.failures.ProviderLab.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.StopReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a run makes of an answer that is cut: nothing of it is done, and nothing of it is remembered. G4, G5,
/// G6.
@Timeout(60)
class CutAnswerTest {
    private final ProviderLab lab = new ProviderLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /// G4: the connection ends in good order after half a text.
    @Test
    void failsWhereATextStopsInTheMiddle() {
        lab.server.answer((request, wire) ->
                wire.streamUntilClose().text(text("Half an ans")).finish());

        assertThat(lab.run("Hello"))
                .containsExactly(
                        message("Hello"),
                        new Token("Half an ans", 1),
                        new RunFailed(new StreamIncomplete("the answer of lab ended before it was complete")));
        lab.server.request();
        lab.says("Whole");
        assertThat(lab.run("Again").getLast()).isEqualTo(completed("Whole", 1));
        assertThat(lab.server.request().body()).doesNotContain("Half");
    }

    /// G5: the connection ends, in order or not, in the middle of a call's arguments. Nobody has seen it, so it
    /// is asked again.
    @ParameterizedTest
    @CsvSource({"FIN", "RST"})
    void doesNotRunACallWhoseArgumentsAreCut(String how) {
        lab.server.answer((request, wire) -> {
            wire.streamUntilClose().text(call(0, "c1", "{\"text\":\"hal"));
            if (how.equals("FIN")) {
                wire.finish();
            } else {
                wire.reset();
            }
        });
        lab.streams(call(0, "c2", "{\"text\":\"whole\"}") + end("tool_calls")).says("Done");

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).containsExactly("whole");
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        ErrorReported.class,
                        reported -> assertThat(reported.error().message())
                                .startsWith("the answer of lab ")
                                .endsWith("asking again in 0.5 s (attempt 2 of 5)"));
        assertThat(events.subList(2, events.size()).stream()
                        .map(CutAnswerTest::withoutDecision)
                        .toList())
                .containsExactly(
                        turn(1, "lab/m", noteCall("c2", "whole")),
                        called("c2", "whole"),
                        returned("c2", "whole"),
                        new Token("Done", 2),
                        turn(2, "lab/m", new Part.Text("Done")),
                        completed("Done", 2));
        lab.server.request();
        assertThat(lab.server.request().body()).doesNotContain("hal");
        assertThat(lab.server.request().body()).doesNotContain("c1");
    }

    /// G5: after a word was seen it is not asked again.
    @Test
    void failsWhereACallIsCutAfterAWord() {
        lab.server.answer((request, wire) -> wire.streamUntilClose()
                .text(text("I note.") + call(0, "c1", "{\"text\":\"hal"))
                .finish());

        assertThat(lab.run("Note it").getLast())
                .isEqualTo(new RunFailed(new StreamIncomplete("the answer of lab ended before it was complete")));
        assertThat(lab.notes).isEmpty();
    }

    /// G6: the provider says that it is complete, but the arguments are not; the model is told.
    @ParameterizedTest
    @CsvSource({"tool_calls", "stop", "length"})
    void tellsTheModelOfArgumentsThatAreCutThoughTheAnswerIsComplete(String reason) {
        lab.streams(call(0, "c1", "{\"text\":\"hal") + end(reason)).says("Sorry");

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).isEmpty();
        assertThat(events)
                .filteredOn(ToolReturned.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    ToolReturned result = (ToolReturned) event;
                    assertThat(result.success()).isFalse();
                    assertThat(result.toolCallId()).isEqualTo("c1");
                });
        assertThat(events.getLast()).isEqualTo(completed("Sorry", 2));
    }

    /// G6: `stop` though there is a call, which is whole.
    @Test
    void runsACallThatIsWholeWhateverTheReason() {
        lab.streams(call(0, "c1", "{\"text\":\"whole\"}") + end("stop")).says("Done");
        assertThat(lab.run("Note it").getLast()).isEqualTo(completed("Done", 2));
        assertThat(lab.notes).containsExactly("whole");
    }

    /// G6: the answer met its limit. It is an answer, and says so.
    @Test
    void keepsAnAnswerThatMetItsLimit() {
        lab.streams(text("So far") + end("length"));
        assertThat(lab.run("Tell")).last().isInstanceOfSatisfying(RunCompleted.class, end -> {
            assertThat(end.content()).isEqualTo("So far");
            assertThat(end.stopReason()).isEqualTo(StopReason.MAX_TOKENS);
        });
    }

    /// G6: refused by the provider's filter or by the model; calls of such an answer are nobody's.
    @ParameterizedTest
    @CsvSource({"content_filter"})
    void runsNothingOfARefusedAnswer(String reason) {
        lab.streams(text("No.") + call(0, "c1", "{\"text\":\"whole\"}") + end(reason));

        List<AgentEvent> events = lab.run("Note it");

        assertThat(lab.notes).isEmpty();
        assertThat(events)
                .filteredOn(TurnCompleted.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((TurnCompleted) event).parts()).containsExactly(new Part.Text("No.")));
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        RunCompleted.class, end -> assertThat(end.stopReason()).isEqualTo(StopReason.REFUSAL));
    }

    /// G4, G5: an answer that is cut before it says anything, time and again.
    @Test
    void givesUpOnAnAnswerThatNeverBegins() {
        for (int i = 0; i < 5; i++) {
            lab.server.answer((request, wire) -> wire.streamUntilClose().finish());
        }
        assertThat(lab.run("Hello").getLast())
                .isEqualTo(new RunFailed(new AgentError.ModelUnavailable(
                        "lab ended the connection without an answer (asked 5 times)", null)));
    }

    private static Part.ToolCall noteCall(String id, String text) {
        return new Part.ToolCall(id, "test.note", Json.MAPPER.createObjectNode().put("text", text));
    }

    private static AgentEvent withoutDecision(AgentEvent event) {
        return event instanceof ToolCalled call
                ? new ToolCalled(call.toolCallId(), call.toolName(), call.arguments(), call.approval())
                : event;
    }

    private static ToolCalled called(String id, String text) {
        Part.ToolCall call = noteCall(id, text);
        return new ToolCalled(id, call.name(), call.arguments(), dev.dwata.types.Approval.AUTO);
    }

    private static ToolReturned returned(String id, String text) {
        return new ToolReturned(
                id,
                "test.note",
                true,
                Json.MAPPER.createObjectNode().put("success", true).put("noted", text),
                null,
                0);
    }
}
