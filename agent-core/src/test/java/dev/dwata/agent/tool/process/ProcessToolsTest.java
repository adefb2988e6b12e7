package dev.dwata.agent.tool.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.ProcessId;
import dev.dwata.types.ProcessInfo;
import dev.dwata.types.RunId;
import dev.dwata.types.RunningTool;
import dev.dwata.types.SessionId;
import dev.dwata.types.ToolCallStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// S4-153 to S4-156
@Timeout(60)
class ProcessToolsTest {
    private static final SessionId SESSION = new SessionId("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final RunId RUN = new RunId("run_01890a5d-ac96-774b-bcce-b302099a8057");
    private static final ProcessId OTHER = new ProcessId("01890a5d-ac96-774b-bcce-b302099a8001");
    private static final ProcessId OWN = new ProcessId("01890a5d-ac96-774b-bcce-b302099a8002");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final List<String> stopped = new ArrayList<>();

    /// Two calls are under way, of which the second asks.
    private final class Fixed implements RunningTools {
        @Override
        public List<RunningTool> list(Principal owner, @Nullable SessionId session) {
            return List.of(running(OTHER, "call_1", 0.5, "half"), running(OWN, "call_2", null, null));
        }

        private static RunningTool running(
                ProcessId id, String call, @Nullable Double progress, @Nullable String message) {
            ProcessInfo process = new ProcessInfo(id, SESSION, RUN, call, "test.slow", ToolCallStatus.EXECUTING, START);
            return new RunningTool(process, progress, message);
        }

        @Override
        public RunningTool find(Principal owner, ProcessId id) {
            return list(owner, null).stream()
                    .filter(one -> one.process().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AgentException(new AgentError.NotFound("there is no process " + id)));
        }

        @Override
        public void stop(Principal owner, ProcessId id, String reason) {
            stopped.add(id + ": " + reason);
        }

        @Override
        public Wait waitTime(Principal owner, SessionId session) {
            return new Wait(RUN, 1_500L, 2, null, 0, null);
        }
    }

    private ToolOutcome call(String name, String arguments) throws Exception {
        Tool tool = ProcessTools.over(new Fixed(), () -> START.plusMillis(1_500)).stream()
                .filter(one -> one.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
        ToolContext context = new ToolContext(Principal.LOCAL, SESSION, RUN, "call_2", (progress, message) -> {});
        return tool.call(Json.MAPPER.readTree(arguments), context);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }

    @Test
    void listsWhatRuns_S4_153() throws Exception {
        assertThat(json(call("process.list", "{}").result().toString()))
                .isEqualTo(json("""
                {"success":true,"total":2,"processes":[
                  {"process_id":"01890a5d-ac96-774b-bcce-b302099a8001","session_id":"%s","run_id":"%s",
                   "tool_name":"test.slow","status":"executing","started_at":"2026-11-21T10:00:00.000Z",
                   "running_ms":1500,"progress":0.5,"message":"half"},
                  {"process_id":"01890a5d-ac96-774b-bcce-b302099a8002","session_id":"%s","run_id":"%s",
                   "tool_name":"test.slow","status":"executing","started_at":"2026-11-21T10:00:00.000Z",
                   "running_ms":1500,"this_call":true}]}
                """.formatted(SESSION, RUN, SESSION, RUN)));
    }

    @Test
    void saysHowFarOneHasCome_S4_154() throws Exception {
        assertThat(call("process.status", "{\"process_id\":\"" + OTHER + "\"}")
                        .result()
                        .path("message")
                        .asString())
                .isEqualTo("half");
        assertThat(call("process.status", "{\"process_id\":\"one\"}")).isInstanceOf(ToolOutcome.Retry.class);
        assertThat(call("process.status", "{}")).isEqualTo(new ToolOutcome.Retry("'process_id' is required"));
    }

    @Test
    void stopsAnotherCallAndNeverItself_S4_155_S4_161() throws Exception {
        assertThat(call("process.cancel", "{\"process_id\":\"" + OTHER + "\"}").succeeded())
                .isTrue();
        assertThat(call("process.cancel", "{\"process_id\":\"" + OWN + "\"}")
                        .result()
                        .path("error")
                        .asString())
                .startsWith("a call cannot stop itself, only calls that run beside it or in other sessions");
        assertThat(stopped).containsExactly(OTHER + ": stopped by process.cancel");
    }

    @Test
    void saysThatNothingWasMeasured_S4_156() throws Exception {
        assertThat(json(call("process.wait_time", "{}").result().toString()))
                .isEqualTo(json("""
                {"success":true,"session_id":"%s","active_run_id":"%s","active_for_ms":1500,
                 "queued_requests":2,"based_on_runs":0}
                """.formatted(SESSION, RUN)));
    }

    private record Text(String text) {}

    @Test
    void aModelInAnotherSessionStopsABlockingTool_S4_161() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Tool slow = Tool.of(
                new ToolSpec.Head("test.slow", "Never ends by itself.", Effect.ONCE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return ToolOutcome.success(Map.of());
                });
        ScriptedModel model = new ScriptedModel().calls("test.slow", "{\"text\":\"x\"}");
        try (LocalRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(new InMemoryStore())
                .tools(List.of(slow))
                .processTools()
                .policy(ToolPolicy.asking())
                .build()) {
            Run blocked = runtime.createSession().prompt("Block.");
            begun.await();
            ProcessId id = runtime.processes(null).getFirst().process().id();
            model.calls("process.cancel", "{\"process_id\":\"" + id + "\"}")
                    .says("One.")
                    .says("Two.");
            Run stopping = runtime.createSession().prompt("Stop it.");
            assertThat(stopping.await()).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(blocked.await()).isInstanceOf(AgentEvent.RunCompleted.class);
            assertThat(runtime.processes(null)).isEmpty();
        }
    }
}
