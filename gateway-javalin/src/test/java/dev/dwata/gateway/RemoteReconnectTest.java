package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.GatewayAddress;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RemoteReconnectTest {
    private final ScriptedModel model = new ScriptedModel();
    private final InMemoryStore store = new InMemoryStore();
    private final AtomicBoolean letsIn = new AtomicBoolean(true);
    private final LocalRuntime served =
            AgentRuntime.builder().models(model.asModels()).store(store).build();
    private Gateway gateway = start(0);

    private Gateway start(int port) {
        GatewayConfig config = GatewayConfig.of("test").withPort(port).withCallers(token -> {
            if (letsIn.get()) {
                return Caller.ANYBODY;
            }
            throw new AgentException(new AgentError.Unauthenticated("the token was revoked"));
        });
        return Gateway.start(config, served, store, model.asModels());
    }

    @AfterEach
    void close() {
        gateway.close();
        served.close();
    }

    private static RemoteRuntime connect(String url) throws Exception {
        return RemoteRuntime.connect(GatewayAddress.of(url, ClientType.RUNTIME));
    }

    private static List<Envelope> entries(EventStream events) throws InterruptedException {
        List<Envelope> seen = new ArrayList<>();
        while (seen.isEmpty() || !(seen.getLast().event() instanceof AgentEvent.Terminal)) {
            Envelope next = events.next(Duration.ofSeconds(60));
            assertThat(next).as("an event after %s", seen.size()).isNotNull();
            if (next.seq() > 0) {
                seen.add(next);
            }
        }
        return seen;
    }

    @Test
    void seesEveryEntryOnceThoughTheConnectionIsCutAHundredTimes_C7() throws Exception {
        String[] words =
                IntStream.range(0, 5_000).mapToObj(i -> "word" + i + " ").toArray(String[]::new);
        model.says(words);
        Random random = new Random(7);
        int[] limits = random.ints(100, 3_000, 9_000).toArray();
        try (CuttingProxy proxy = new CuttingProxy(
                        gateway.port(),
                        (connection, before, said) -> connection < limits.length
                                ? Math.clamp(limits[connection] - before, 0, said.length())
                                : said.length());
                RemoteRuntime remote = connect(proxy.url())) {
            Session session = remote.createSession();
            List<Envelope> seen;
            try (EventStream events = session.events(0)) {
                session.prompt("Talk.").close();
                seen = entries(events);
            }

            assertThat(proxy.cuts()).isGreaterThanOrEqualTo(100);
            try (EventStream events = served.session(session.id()).events(0)) {
                List<Envelope> told = entries(events);
                assertThat(seen)
                        .extracting(Envelope::seq)
                        .isEqualTo(told.stream().map(Envelope::seq).toList());
                assertThat(seen.subList(1, seen.size()))
                        .extracting(Envelope::event)
                        .isEqualTo(told.subList(1, told.size()).stream()
                                .map(Envelope::event)
                                .toList());
            }
        }
    }

    @Test
    void runsAPromptOnceWhoseAnswerWasLost() throws Exception {
        model.says("Once.");
        AtomicBoolean cut = new AtomicBoolean();
        try (CuttingProxy proxy = new CuttingProxy(
                        gateway.port(),
                        (connection, before, said) ->
                                said.contains("\"accepted\"") && cut.compareAndSet(false, true) ? 0 : said.length());
                RemoteRuntime remote = connect(proxy.url());
                Run run = remote.prompt(NewSession.titled("One"), Prompt.of("Do it."))) {

            assertThat(run.await()).isInstanceOf(AgentEvent.RunCompleted.class);

            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(model.requests()).hasSize(1);
            assertThat(remote.sessions(SessionQuery.latest(10)).sessions()).hasSize(1);
        }
    }

    @Test
    void goesOnWithAGatewayThatStartsAgain_C12() throws Exception {
        model.says("one").says("two");
        try (RemoteRuntime remote = connect(gateway.url().toString())) {
            Session session = remote.createSession();
            session.prompt("First").await();
            try (EventStream events = session.events(0)) {
                assertThat(entries(events)).hasSize(4);
                int port = gateway.port();
                gateway.close();
                gateway = start(port);

                session.prompt("Second").await();

                assertThat(entries(events)).extracting(Envelope::seq).containsExactly(5L, 6L, 7L, 8L);
            }
        }
    }

    @Test
    void saysWhyWhenItIsNotLetInAgain() throws Exception {
        try (RemoteRuntime remote = connect(gateway.url().toString())) {
            EventStream events = remote.createSession().events(0);
            letsIn.set(false);
            int port = gateway.port();
            gateway.close();
            gateway = start(port);

            assertThatThrownBy(() -> events.next(Duration.ofSeconds(30)))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("the token was revoked");
            assertThatThrownBy(() -> remote.sessions(SessionQuery.latest(1))).hasMessage("the token was revoked");
        }
    }

    @Test
    void saysThatNobodyAnswers_S3_94_S3_136() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            GatewayAddress address = GatewayAddress.of("http://127.0.0.1:" + silent.getLocalPort(), ClientType.RUNTIME);

            assertThatThrownBy(() -> RemoteRuntime.connect(address, Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no gateway answers at " + address.url());
        }
    }

    @Test
    void saysThatItWasNotLetInInTime_S3_94_S3_136() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> upgradeOne(mute));
            GatewayAddress address = GatewayAddress.of("ws://127.0.0.1:" + mute.getLocalPort(), ClientType.RUNTIME);

            assertThatThrownBy(() -> RemoteRuntime.connect(address, Duration.ofMillis(500)))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e -> assertThat(e.error())
                                    .isEqualTo(new AgentError.Timeout("the gateway at " + address.url()
                                            + " did not let this client in within 500 ms")));
        }
    }

    /// Opens a WebSocket, and says nothing on it.
    private static void upgradeOne(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] head = new byte[4_096];
            int length = socket.getInputStream().read(head);
            String key = new String(head, 0, length, StandardCharsets.ISO_8859_1)
                    .split("(?i)sec-websocket-key: ", 2)[1]
                    .split("\r\n", 2)[0];
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            while (socket.getInputStream().read() >= 0) {
                // whatever it says
            }
        } catch (Exception e) {
            // the client has gone
        }
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() throws Exception {
        String url = gateway.url().toString();
        for (int time = 0; time < 5; time++) {
            RemoteRuntime remote = connect(url);
            remote.createSession().events(0);
            remote.close();
        }
        String place = "127.0.0.1:" + gateway.port();
        TestGateway.eventually(
                "no thread of a connection is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains(place)));
        try (RemoteRuntime remote = connect(url)) {
            assertThat(remote.status().activeConnections()).isEqualTo(1);
        }
    }
}
