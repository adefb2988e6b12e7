package dev.dwata.gateway;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.definition.Agents;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.Tool;
import dev.dwata.gateway.http.HttpLimits;
import dev.dwata.gateway.ws.WsLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A gateway on a free port, over a store in memory and a scripted model, with everything that was opened on
/// it.
final class TestGateway implements AutoCloseable {
    final Store store;
    final LocalRuntime runtime;
    final Gateway gateway;
    private final List<Client> clients = new ArrayList<>();
    private final List<RawSocket> sockets = new ArrayList<>();

    private TestGateway(Models models, WsLimits limits, Store store, Tool... tools) {
        this(models, limits, HttpLimits.DEFAULT, store, tools);
    }

    private TestGateway(Models models, WsLimits limits, HttpLimits http, Store store, Tool... tools) {
        this(models, limits, http, store, Agents.only(""), tools);
    }

    private TestGateway(Models models, WsLimits limits, HttpLimits http, Store store, Agents agents, Tool... tools) {
        this(
                AgentRuntime.builder().tools(List.of(tools)).agents(agents).policy(ToolPolicy.allowAll()),
                models,
                limits,
                http,
                store);
    }

    private TestGateway(LocalRuntime.Builder builder, Models models, WsLimits limits, HttpLimits http, Store store) {
        this.store = store;
        this.runtime = builder.models(models).store(store).build();
        GatewayConfig config =
                GatewayConfig.of("0.1.1").withPort(0).withLimits(limits).withHttp(http);
        this.gateway = Gateway.start(config, runtime, store, models);
    }

    static TestGateway with(ScriptedModel model, Tool... tools) {
        return new TestGateway(model.asModels(), WsLimits.DEFAULT, new InMemoryStore(), tools);
    }

    static TestGateway with(ScriptedModel model, Agents agents) {
        return new TestGateway(model.asModels(), WsLimits.DEFAULT, HttpLimits.DEFAULT, new InMemoryStore(), agents);
    }

    static TestGateway with(ScriptedModel model, WsLimits limits) {
        return new TestGateway(model.asModels(), limits, new InMemoryStore());
    }

    static TestGateway with(WsLimits limits) {
        return with(new ScriptedModel(), limits);
    }

    static TestGateway with(ScriptedModel model, Store store) {
        return new TestGateway(model.asModels(), WsLimits.DEFAULT, store);
    }

    static TestGateway with(ScriptedModel model, WsLimits limits, HttpLimits http, Store store) {
        return new TestGateway(model.asModels(), limits, http, store);
    }

    /// @param builder with everything but models and store
    static TestGateway over(LocalRuntime.Builder builder, ScriptedModel model, Store store) {
        return new TestGateway(builder, model.asModels(), WsLimits.DEFAULT, HttpLimits.DEFAULT, store);
    }

    static TestGateway plain() {
        return with(WsLimits.DEFAULT);
    }

    int port() {
        return gateway.port();
    }

    /// A client that has sent nothing.
    Client open() {
        Client client = new Client(port());
        clients.add(client);
        return client;
    }

    /// A client that has connected.
    Client client(Object... connectParams) {
        Client client = open();
        client.connect(connectParams);
        return client;
    }

    RawSocket raw() {
        RawSocket socket = new RawSocket(port());
        sockets.add(socket);
        return socket;
    }

    /// Waits, at most 20 seconds, for something that comes by itself.
    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so within 20 s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        sockets.forEach(RawSocket::close);
        gateway.close();
        runtime.close();
        store.close();
    }
}
