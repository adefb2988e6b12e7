package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.EventStream;
import dev.dwata.agent.Session;
import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.store.NewSession;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.ClientType;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway and a command line that works by itself, over one data folder.
@Timeout(120)
class TwoProcessesTest {
    @TempDir
    Path folder;

    @Test
    void whoFollowsAtTheGatewaySeesWhatTheOtherProcessDoesAsItHappens() throws Exception {
        try (SlowModel model = new SlowModel()) {
            Dwata dwata = new Dwata(folder).with("OPENAI_BASE_URL", model.url());
            try (Running gateway = dwata.start("gateway", "--port", "0", "--json")) {
                String url = Json.STRICT
                        .readTree(gateway.awaitOut(out -> out.endsWith("\n")))
                        .path("url")
                        .stringValue();
                try (RemoteRuntime web = RemoteRuntime.connect(dwata.address(url, ClientType.WEB))) {
                    Session session = web.createSession(NewSession.titled("Shared"));
                    try (EventStream stream = session.events(0);
                            Running other = dwata.start(
                                    "--local", "--session", session.id().value(), "hello")) {
                        other.input("");
                        model.say("Once ");
                        List<Envelope> seen = new ArrayList<>();
                        next(stream, seen, Token.class); // while the run is under way
                        model.say("upon a time.");
                        model.finish();
                        next(stream, seen, RunCompleted.class);

                        assertThat(other.end()).isEqualTo(new Dwata.Ran(0, "Once upon a time.\n", ""));
                        assertThat(seen).extracting(Envelope::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
                    }
                }
                gateway.signal("TERM");
                assertThat(gateway.end().code()).isZero();
            }
        }
    }

    private static void next(EventStream stream, List<Envelope> seen, Class<?> type) throws Exception {
        do {
            Envelope next = stream.next(Duration.ofSeconds(30));
            assertThat(next).as("the next event of the other process").isNotNull();
            if (next.seq() > 0) {
                seen.add(next);
            }
        } while (seen.isEmpty() || !type.isInstance(seen.getLast().event()));
    }
}
