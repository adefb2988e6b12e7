package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.Model;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.RunId;
import dev.dwata.types.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a recording of the JVM's Flight Recorder holds of a run.
class FlightRecordingTest {
    @TempDir
    Path folder;

    private record Text(String text) {}

    @Test
    void holdsCallsAndWaitsWithIdsAndNumbersAndNothingThatWasSaid() throws Exception {
        ScriptedModel model = new ScriptedModel()
                .turn(turn -> turn.calls("test.work", "{\"text\":\"canary-arguments\"}")
                        .uses(new TokenUsage(70, 5, 20, null)))
                .turn(turn -> turn.says("canary-answer").uses(new TokenUsage(90, 7, 30, null)))
                .fails(new AgentError.ModelRejected("canary-error", 400));
        Tool tool = Tool.of(
                new ToolSpec.Head("test.work", "For a test.", Effect.ONCE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    context.scope().awaitInput("question").close();
                    return ToolOutcome.success(Map.of("found", "canary-result"));
                });
        Path file = folder.resolve("recording.jfr");
        RunId answered;
        RunId failed;
        String session;
        try (Recording recording = new Recording()) {
            recording.start();
            try (LocalRuntime runtime = AgentRuntime.builder()
                    .model(new Model("scripted", "script", model))
                    .store(new InMemoryStore())
                    .tools(List.of(tool))
                    .policy(ToolPolicy.allowAll())
                    .build()) {
                Session asked = runtime.createSession();
                session = asked.id().value();
                Run one = asked.prompt("canary-question");
                one.await();
                Run other = asked.prompt("canary-question");
                other.await();
                answered = one.id();
                failed = other.id();
            }
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.dwata."))
                .toList();
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("session")).isEqualTo(session);
            assertThat(event.getString("agent")).isEqualTo("default");
            assertThat(event.toString()).doesNotContain("canary");
        });
        assertThat(events.stream().map(event -> line(event, answered)).flatMap(Optional::stream))
                .containsExactlyInAnyOrder(
                        "QueueWait done",
                        "ModelCall done scripted/script 70+5 20",
                        "ToolCall done test.work",
                        "InputWait stopped question",
                        "ModelCall done scripted/script 90+7 30",
                        "Run done 160+12 2");
        assertThat(events.stream().map(event -> line(event, failed)).flatMap(Optional::stream))
                .containsExactlyInAnyOrder(
                        "QueueWait done", "ModelCall MODEL_REJECTED scripted/script 0+0 0", "Run MODEL_REJECTED 0+0 0");
    }

    private static Optional<String> line(RecordedEvent event, RunId run) {
        if (!event.getString("run").equals(run.value())) {
            return Optional.empty();
        }
        String name = event.getEventType().getName().substring("dev.dwata.".length());
        String more = switch (name) {
            case "ModelCall" ->
                " %s/%s %d+%d %d"
                        .formatted(
                                event.getString("provider"),
                                event.getString("model"),
                                event.getLong("inputTokens"),
                                event.getLong("outputTokens"),
                                event.getLong("cachedTokens"));
            case "ToolCall" -> " " + event.getString("tool");
            case "InputWait" -> " " + event.getString("kind");
            case "Run" ->
                " %d+%d %d"
                        .formatted(event.getLong("inputTokens"), event.getLong("outputTokens"), event.getInt("turns"));
            default -> "";
        };
        return Optional.of(name + " " + event.getString("outcome") + more);
    }
}
