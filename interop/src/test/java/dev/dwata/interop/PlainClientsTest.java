package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A plain WebSocket (`ws`) and a plain EventSource (`eventsource`), unmodified, against a gateway.
@Timeout(120)
class PlainClientsTest {
    private static final int WORDS = 30;

    @TempDir
    Path folder;

    @Test
    void talkSeeOneAnotherAndGoOnWhereTheyWere() throws Exception {
        ScriptedModel model = new ScriptedModel();
        String[] words =
                IntStream.range(0, WORDS).mapToObj(i -> "word " + i + " ").toArray(String[]::new);
        model.says(words);
        InMemoryStore store = new InMemoryStore();
        try (LocalRuntime runtime = AgentRuntime.builder()
                        .models(model.asModels())
                        .store(store)
                        .build();
                Gateway gateway =
                        Gateway.start(GatewayConfig.of("test").withPort(0), runtime, store, model.asModels());
                NodeScript client = NodeScript.start(
                        folder,
                        Map.of(),
                        "src/test/js/plain-clients.mjs",
                        gateway.url().toString())) {
            JsonNode seen = client.answer();

            List<Long> all = LongStream.rangeClosed(1, WORDS + 3).boxed().toList();
            assertThat(seen.get("content").stringValue()).isEqualTo(String.join("", words));
            assertThat(numbers(seen.get("seqs"))).isEqualTo(all);
            assertThat(numbers(seen.get("resumed"))).isEqualTo(all);
            assertThat(numbers(seen.get("sse"))).isEqualTo(all);
            assertThat(seen.get("connections").intValue()).isEqualTo(2);
            assertThat(seen.at("/presence").values())
                    .extracting(one -> one.get("name").stringValue())
                    .containsExactly("Ada", "Bob", "AI Assistant");
            assertThat(seen.at("/presence/0/state/typing").booleanValue()).isTrue();
            assertThat(seen.at("/presence/2/isAgent").booleanValue()).isTrue();
        }
    }

    private static List<Long> numbers(JsonNode list) {
        return list.values().stream().map(JsonNode::longValue).toList();
    }
}
