package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.GatewayStartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LifecycleTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Models models = model.asModels();
    private final InMemoryStore store = new InMemoryStore();
    private final LocalRuntime runtime =
            AgentRuntime.builder().models(models).store(store).build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private Gateway start(GatewayConfig config) {
        return Gateway.start(config, runtime, store, models);
    }

    @Test
    void listensOnLoopbackAtAFreePort() {
        try (Gateway gateway = start(GatewayConfig.of("1.0").withPort(0))) {
            assertThat(gateway.port()).isPositive();
            assertThat(gateway.url()).hasToString("http://127.0.0.1:" + gateway.port());
            assertThat(gateway.webSocketUrl()).hasToString("ws://127.0.0.1:" + gateway.port() + "/ws");
        }
    }

    /// P9: nobody is asked for credentials, so nobody from outside may ask
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void refusesToListenForOthers(String host) {
        assertThatThrownBy(() -> start(GatewayConfig.of("1.0").withPort(0).withHost(host)))
                .isInstanceOfSatisfying(GatewayStartException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.CONFIGURATION);
                    assertThat(e).hasMessageContaining(host).hasMessageContaining("not a loopback address");
                });
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(GatewayConfig.of("1.0").withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(GatewayStartException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.ADDRESS);
                        assertThat(e).hasMessageContaining("port " + taken.getLocalPort());
                    });
        }
    }

    /// P19: who closes the gateway alone leaves the runs to the runtime
    @Test
    void closesItsClientsAndLeavesTheirRuns() throws Exception {
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Done."));
        Gateway gateway = start(GatewayConfig.of("1.0").withPort(0));
        Client client = new Client(gateway.port());
        client.connect();
        client.call("agent", "message", "Go");
        gate.awaitArrival();
        long before = System.nanoTime();

        gateway.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        assertThat(client.awaitClose()).isEqualTo(1001);
        assertThat(runtime.busySessions()).hasSize(1);
        gate.open();
        TestGateway.eventually("the run is over", () -> runtime.busySessions().isEmpty());
        gateway.close();
    }

    /// P19, N1, N3: clients are told, see the step that is under way to its end, and get no further message in
    @Test
    void drainsWhatIsUnderWay() throws Exception {
        Gate gate = new Gate();
        model.turn(t -> t.waits(gate).says("Done."));
        Gateway gateway = start(GatewayConfig.of("1.0").withPort(0));
        Client client = new Client(gateway.port());
        client.connect();
        client.call("agent", "message", "Go");
        gate.awaitArrival();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> drained = executor.submit(() -> {
                gateway.drain(Duration.ofSeconds(20));
                return null;
            });
            Instant deadline = Instant.parse(client.event("gateway.draining")
                    .get("payload")
                    .get("deadline")
                    .asString());
            assertThat(deadline).isBetween(Instant.now(), Instant.now().plusSeconds(20));
            JsonNode refused = client.refused("agent", "message", "More", "idempotencyKey", "later");
            assertThat(refused.get("code").asString()).isEqualTo("DRAINING");
            assertThat(refused.get("retryable").asBoolean()).isTrue();

            gate.open();

            assertThat(client.event("final").get("payload").get("content").asString())
                    .isEqualTo("Done.");
            drained.get(20, TimeUnit.SECONDS);
        }
        gateway.close();
        assertThat(client.awaitClose()).isEqualTo(1001);
    }

    @Test
    void doesNotWaitForAClientThatDoesNotLeave() throws Exception {
        Gateway gateway = start(GatewayConfig.of("1.0").withPort(0));
        RawSocket stubborn = RawSocket.open(gateway.port());
        stubborn.text(
                "{\"type\":\"req\",\"id\":\"1\",\"method\":\"connect\",\"params\":{\"version\":\"1\",\"clientType\":\"web\"}}");
        stubborn.read();
        long before = System.nanoTime();

        gateway.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        while (stubborn.read().opcode() != RawSocket.CLOSE) {
            // what came before
        }
        assertThatThrownBy(stubborn::read).isInstanceOf(IOException.class);
        stubborn.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), gateway.port()))
                .isInstanceOf(IOException.class);
    }
}
