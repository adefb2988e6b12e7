package dev.dwata.cli.kill;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.cli.home.GatewayLock;
import dev.dwata.cli.home.Installation;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.persistence.DataFolder;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// `dwata gateway` with two tools that leave traces, as a program: `effect.append` may run once for each call
/// and says so in a file, `effect.look` takes its time. It prints its address and serves until it is killed.
final class EffectGateway {
    private static final long LOOK_NANOS = 30_000_000;

    private EffectGateway() {}

    record Text(String text) {}

    /// @param arguments the data folder, and the file for the traces
    public static void main(String[] arguments) throws InterruptedException {
        DataFolder folder = new DataFolder(Path.of(arguments[0]));
        Path effects = Path.of(arguments[1]);
        Installation.create(folder);
        GatewayLock lock = GatewayLock.take(folder.path());
        try (SqliteStore store = SqliteStore.open(folder.database())) {
            Models models = ConfiguredModels.from(System.getenv(), null, new OfflineModel());
            LocalRuntime runtime = AgentRuntime.builder()
                    .models(models)
                    .tools(List.of(append(effects), look()))
                    .policy(ToolPolicy.allowAll())
                    .store(store)
                    .build();
            try (Gateway gateway = Gateway.start(GatewayConfig.of("0.0.0").withPort(0), runtime, store, models)) {
                System.out.println(gateway.webSocketUrl());
                new CountDownLatch(1).await();
            }
        } finally {
            lock.close();
        }
    }

    private static Tool append(Path effects) {
        return Tool.of(
                new ToolSpec.Head("effect.append", "Appends a line.", Effect.ONCE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    write(effects, context.idempotencyKey() + "\n");
                    LockSupport.parkNanos(LOOK_NANOS / 3);
                    return ToolOutcome.success(Map.of("appended", arguments.text()));
                });
    }

    private static void write(Path effects, String line) throws IOException {
        Files.writeString(effects, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Tool look() {
        return Tool.of(
                new ToolSpec.Head("effect.look", "Looks for a while.", Effect.PURE, Approval.AUTO),
                Text.class,
                (arguments, context) -> {
                    LockSupport.parkNanos(LOOK_NANOS);
                    return ToolOutcome.success(Map.of("seen", arguments.text()));
                });
    }
}
