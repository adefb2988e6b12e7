package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.remote.GatewayAddress;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.testing.AgentRuntimeContract;
import dev.dwata.agent.testing.Gate;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.types.ClientType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteRuntimeTest extends AgentRuntimeContract {
    private final InMemoryStore store = new InMemoryStore();
    private LocalRuntime served;
    private Gateway gateway;

    @Override
    protected AgentRuntime start(Models models, List<Tool> tools) throws Exception {
        served = AgentRuntime.builder()
                .models(models)
                .tools(tools)
                .store(store)
                .policy(ToolPolicy.allowAll())
                .build();
        gateway = Gateway.start(GatewayConfig.of("test").withPort(0), served, store, models);
        return RemoteRuntime.connect(GatewayAddress.of(gateway.url().toString(), ClientType.RUNTIME));
    }

    @Test
    void goesOnWhereItWasWhenTheGatewayComesBack_S4_233() throws Exception {
        Gate gate = new Gate();
        model.turn(turn -> turn.says("before ").waits(gate).says("and after"));
        AgentRuntime remote = start(model.asModels(), List.of());
        Run run = remote.createSession().prompt("Go on whatever happens.");
        gate.awaitArrival();

        int port = gateway.port();
        gateway.close();
        gate.open();
        gateway = Gateway.start(GatewayConfig.of("test").withPort(port), served, store, model.asModels());

        assertThat(stored(run))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessageReceived", "Token", "Token", "TurnCompleted", "RunCompleted");
        remote.close();
    }

    @AfterEach
    void stop() {
        gateway.close();
        served.close();
    }
}
