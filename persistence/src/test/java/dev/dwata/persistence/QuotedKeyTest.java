package dev.dwata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ErrorReported;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A provider that quotes the key it was sent, in what it says went wrong: G15.
class QuotedKeyTest {
    private static final String KEY = "zq7-canary-0123456789abcdef";
    private static final String QUOTED = "{\"error\":{\"message\":\"Bearer " + KEY + " may not do this\"}}";

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void isInNoEventNoLogAndNoDatabase() throws Exception {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (WireServer server = new WireServer()) {
            server.answer((request, wire) -> wire.whole(429, "", QUOTED))
                    .answer((request, wire) ->
                            wire.stream().chunk("data: " + QUOTED + "\n\n").end())
                    .answer((request, wire) -> wire.whole(401, "", QUOTED));

            List<AgentEvent> events = run(server.url());

            assertThat(server.request().headers()).containsEntry("authorization", "Bearer " + KEY);
            assertThat(events).filteredOn(ErrorReported.class::isInstance).hasSize(2);
            assertThat(events.getLast()).isInstanceOf(RunFailed.class);
            assertThat(events.toString())
                    .contains("Bearer [key] may not do this")
                    .doesNotContain("canary");
        } finally {
            System.setErr(usual);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain("canary");
        assertThat(stored()).contains("Bearer [key] may not do this").doesNotContain("canary");
    }

    private List<AgentEvent> run(String url) {
        String settings = "{\"providers\":{\"own\":{\"api\":\"chat\",\"baseUrl\":\"" + url
                + "\",\"apiKeyEnv\":\"OWN_KEY\"}},\"retry\":{\"firstDelayMs\":0}}";
        ConfiguredModels models = ConfiguredModels.from(
                ModelSettings.read(Json.STRICT.readTree(settings)),
                Map.of("OWN_KEY", KEY),
                "own/m",
                new OfflineModel());
        List<AgentEvent> events = new ArrayList<>();
        try (LocalRuntime runtime = AgentRuntime.builder()
                        .models(models)
                        .store(SqliteStore.open(folder.resolve("db.sqlite3")))
                        .build();
                Run run = runtime.createSession().prompt("Hello")) {
            run.forEach(events::add);
        }
        return events;
    }

    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
