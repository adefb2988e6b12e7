package dev.dwata.benchmarks.fanout;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.MessageId;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/// dwata's gateway, which prints its port and the session that it appends to: `go N` appends N tokens, `pace
/// N R` the same with R in a second. Each token holds the time at which it was appended.
public final class Main {
    private static final Models NONE = Models.only(new Model("none", "none", (request, sink) -> {
        throw new AgentException(new AgentError.ModelNotConfigured("a benchmark asks no model"));
    }));

    private Main() {}

    /// @param arguments the database; none: in memory
    public static void main(String[] arguments) throws Exception {
        try (Store store = arguments.length == 0 ? new InMemoryStore() : SqliteStore.open(Path.of(arguments[0]));
                LocalRuntime runtime =
                        AgentRuntime.builder().models(NONE).store(store).build();
                Gateway gateway = Gateway.start(GatewayConfig.of("0.1.0").withPort(0), runtime, store, NONE)) {
            SessionId session = SessionId.create();
            RunId run = admit(store, session);
            System.out.println(gateway.port() + " " + session);
            serve(store, session, run);
        }
    }

    private static RunId admit(Store store, SessionId session) throws InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        MessageReceived message =
                new MessageReceived(MessageId.create(), Role.USER, "Go.", now, ClientType.RUNTIME, null, null);
        return store.log()
                .admit(new Admission(
                        Principal.LOCAL,
                        session,
                        NewSession.PLAIN,
                        RunId.create(),
                        message,
                        NewSession.DEFAULT_AGENT,
                        null,
                        null))
                .run()
                .id();
    }

    private static void serve(Store store, SessionId session, RunId run) throws IOException, InterruptedException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            int count = Integer.parseInt(words[1]);
            long each = words.length > 2 ? TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(words[2]) : 0;
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                TimeUnit.NANOSECONDS.sleep(begun + i * each - System.nanoTime());
                store.log().append(session, run, new Token("@" + System.nanoTime() + "@ a few words", 1));
            }
            System.out.println("ok");
        }
    }
}
