package dev.dwata.persistence;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/// Looks, pays once, and says so. As a program it ends in the middle: see [HaltingStore].
final class PayingAgent {
    private PayingAgent() {}

    private record Nothing() {}

    /// @param arguments the database, the file of the payments, which step is the last, and whether it is done
    public static void main(String[] arguments) {
        HaltingStore halting = new HaltingStore(Integer.parseInt(arguments[2]), Boolean.parseBoolean(arguments[3]));
        try (Store store = halting.around(SqliteStore.open(Path.of(arguments[0])));
                LocalRuntime runtime = runtime(store, model(), Path.of(arguments[1]))) {
            pay(runtime).await();
            System.out.println(halting.steps());
        }
    }

    static ScriptedModel model() {
        return new ScriptedModel()
                .turn(turn -> turn.thinks("Look ", "first.")
                        .says("I look ", "and ", "pay.")
                        .calls("test.look", "{}")
                        .calls("test.pay", "{}"))
                .says("It ", "is ", "paid.")
                .says("Yes.")
                .byConversation();
    }

    static LocalRuntime runtime(Store store, ScriptedModel model, Path payments) {
        return AgentRuntime.builder()
                .models(model.asModels())
                .store(store)
                .policy(ToolPolicy.allowAll())
                .tools(List.of(
                        tool("test.look", Effect.PURE, context -> ToolOutcome.success(Map.of())),
                        tool("test.pay", Effect.ONCE, context -> {
                            Files.writeString(payments, "paid\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            return ToolOutcome.success(Map.of());
                        })))
                .build();
    }

    private interface Body {
        ToolOutcome call(Object context) throws Exception;
    }

    private static Tool tool(String name, Effect effect, Body body) {
        return Tool.of(
                new ToolSpec.Head(name, "For a test.", effect, Approval.AUTO),
                Nothing.class,
                (arguments, context) -> body.call(context));
    }

    /// The same request each time.
    static Run pay(LocalRuntime runtime) {
        return runtime.prompt(NewSession.PLAIN, new Prompt("Pay.", null, null, "pay-1", null, Prompt.Origin.EMBEDDED));
    }
}
