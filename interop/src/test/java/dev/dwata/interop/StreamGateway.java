package dev.dwata.interop;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.gateway.http.Cors;
import dev.dwata.gateway.streams.StreamSettings;
import dev.dwata.persistence.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;

/// A gateway over a database on the disk, as the programs of others find it.
record StreamGateway(Store store, LocalRuntime runtime, Gateway gateway) implements AutoCloseable {

    /// @param port 0 for a free one
    static StreamGateway start(Path folder, int port, ScriptedModel model) {
        Models models = model.asModels();
        Store store = SqliteStore.open(folder.resolve("db.sqlite3"));
        LocalRuntime runtime = AgentRuntime.builder()
                .policy(ToolPolicy.allowAll())
                .models(models)
                .store(store)
                .build();
        GatewayConfig config = GatewayConfig.of("0.1.1")
                .withPort(port)
                .withStreams(
                        StreamSettings.DEFAULT
                                .withLongPoll(Duration.ofMillis(500))
                                .withWebhooksHere(true),
                        new Cors("*"));
        return new StreamGateway(store, runtime, Gateway.start(config, runtime, store, models));
    }

    String url() {
        return gateway.url().toString();
    }

    @Override
    public void close() {
        gateway.close();
        runtime.close();
        store.close();
    }
}
