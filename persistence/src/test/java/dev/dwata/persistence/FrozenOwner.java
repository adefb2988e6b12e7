package dev.dwata.persistence;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A program that carries out a run whose tool waits for a line on standard input. It prints the run's id,
/// then, when its run is no longer under way, `over`.
final class FrozenOwner {
    private FrozenOwner() {}

    private record Nothing() {}

    public static void main(String[] arguments) throws Exception {
        Tool tool = Tool.of(
                new ToolSpec.Head("test.wait", "Waits for a line.", Effect.ONCE, Approval.AUTO),
                Nothing.class,
                (none, context) -> ToolOutcome.success(Map.of("read", System.in.read())));
        LocalRuntime runtime = AgentRuntime.builder()
                .models(new ScriptedModel()
                        .calls("test.wait", "{}")
                        .says("Done by the first.")
                        .asModels())
                .store(SqliteStore.open(Path.of(arguments[0]), InstantSource.system(), SharedStoreTest.SHORT))
                .tools(List.of(tool))
                .policy(ToolPolicy.allowAll())
                .build();
        Run run = runtime.createSession().prompt("Wait.");
        System.out.println(run.id());
        while (!runtime.busySessions().isEmpty()) {
            Thread.onSpinWait();
        }
        System.out.println("over");
        runtime.close();
    }
}
