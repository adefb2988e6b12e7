package dev.dwata.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A2, A3, A4, A5, A7, A11, A12, C12: a gateway under load is killed at random moments, and started again.
///
/// As often as there is time for in a build; `-Ddwata.kills=100` for as many; `-Ddwata.seed=…` for the same
/// moments again, as far as the machine's own timing allows.
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillLoopTest {
    private static final int KILLS = Integer.getInteger("dwata.kills", 0);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(50);
    private static final int CLIENTS = 4;
    private static final long SEED = Long.getLong("dwata.seed", System.nanoTime());

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private int kills;
    private int failed;
    private int unknown;
    private int interrupted;

    @Test
    void losesNothingDoesNothingTwiceAndEndsEveryRun() throws Exception {
        System.out.println("KillLoopTest: seed " + SEED);
        try (HttpClient http = HttpClient.newHttpClient();
                StrictProvider provider = new StrictProvider();
                GatewayProcess gateway = new GatewayProcess(folder, provider.url())) {
            List<JobClient> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new JobClient("client" + i, gateway, http))
                    .toList();
            gateway.start();
            List<Thread> threads = clients.stream()
                    .map(client -> Thread.ofVirtual().start(client::work))
                    .toList();
            killAgainAndAgain(gateway);
            clients.forEach(JobClient::stop);
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(3)))
                        .as("a client is done")
                        .isTrue();
            }

            Map<String, Long> effects = effects(gateway.effects());
            for (JobClient client : clients) {
                check(client, replay(http, gateway, client), effects);
            }
            assertThat(sessions(http, gateway)).isEqualTo(CLIENTS);
            assertThat(provider.illegal).isEmpty();
            report(clients, effects.size(), provider);
        }
    }

    private void killAgainAndAgain(GatewayProcess gateway) throws Exception {
        long begun = System.nanoTime();
        while (KILLS > 0 ? kills < KILLS : System.nanoTime() - begun < LONG_ENOUGH.toNanos()) {
            int moment = random.nextInt(8);
            if (moment > 0) {
                gateway.awaitAddress();
            }
            if (moment > 1) {
                gateway.awaitWork();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(800)));
            gateway.kill();
            kills++;
            gateway.start();
        }
    }

    private static Map<String, Long> effects(Path file) throws Exception {
        return Files.readAllLines(file).stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    }

    /// Everything again from its beginning, and every key once more.
    private static Collection<String> replay(HttpClient http, GatewayProcess gateway, JobClient client)
            throws Exception {
        Map<Long, String> all = new ConcurrentSkipListMap<>();
        try (WireClient connection = new WireClient(
                http,
                gateway.awaitAddress(),
                text -> all.put(Json.MAPPER.readTree(text).path("seq").asLong(), text))) {
            connection.call("connect", JobClient.hello(client.name));
            JsonNode attached = connection.call(
                    "sessions.attach",
                    Json.MAPPER
                            .createObjectNode()
                            .put("sessionId", client.session())
                            .put("afterSeq", 0));
            long head = attached.path("headSeq").asLong();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (all.size() < head && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            List<Long> numbers = LongStream.rangeClosed(1, head).boxed().toList();
            assertThat(List.copyOf(all.keySet()).equals(numbers))
                    .as("%s: 1 to %s without a hole: %s entries", client.name, head, all.size())
                    .isTrue();
            for (int job = 0; job < client.runs.size(); job++) {
                JsonNode again = connection.call("agent", client.request(job));
                assertThat(again.path("runId").asString("")).isEqualTo(client.runs.get(client.name + "-" + job));
                assertThat(again.path("sessionId").asString("")).isEqualTo(client.session());
            }
        }
        return all.values();
    }

    private void check(JobClient client, Collection<String> log, Map<String, Long> effects) {
        assertThat(client.faults).as(client.name).isEmpty();
        assertThat(client.seen.values())
                .as("what %s saw", client.name)
                .hasSameSizeAs(log)
                .containsExactlyElementsOf(log);
        Map<String, JsonNode> ends = new HashMap<>();
        Map<String, String> messages = new TreeMap<>();
        for (String text : log) {
            JsonNode event = Json.MAPPER.readTree(text);
            JsonNode payload = event.path("payload");
            String run = payload.path("runId").asString("");
            assertThat(ends).as("what follows an end: %s", text).doesNotContainKey(run);
            if (JobClient.isTerminal(event)) {
                ends.put(run, event);
            }
            switch (event.path("event").asString("")) {
                case "message" ->
                    assertThat(messages.put(run, payload.path("content").asString("")))
                            .isNull();
                case "tool_result" ->
                    checkEffect(payload, run + "/" + payload.path("toolCallId").asString(""), effects);
                case "run_interrupted" -> interrupted++;
                default -> {}
            }
        }
        assertThat(messages.keySet()).containsExactlyInAnyOrderElementsOf(client.runs.values());
        assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(client.runs.values());
        client.runs.forEach((key, run) -> assertThat(messages.get(run)).isEqualTo("Do the job " + key));
        failed += Collections.frequency(
                ends.values().stream()
                        .map(end -> end.path("event").asString(""))
                        .toList(),
                "error");
    }

    private void checkEffect(JsonNode result, String call, Map<String, Long> effects) {
        if (!result.path("toolName").asString("").equals("effect.append")) {
            return;
        }
        long lines = effects.getOrDefault(call, 0L);
        if (result.path("success").asBoolean()) {
            assertThat(lines).as("lines of %s", result).isEqualTo(1);
        } else {
            assertThat(lines).as("lines of %s", result).isLessThanOrEqualTo(1);
            assertThat(result.path("error").asString("")).startsWith("outcome unknown");
            unknown++;
        }
    }

    private static long sessions(HttpClient http, GatewayProcess gateway) throws Exception {
        try (WireClient connection = new WireClient(http, gateway.awaitAddress(), text -> {})) {
            connection.call("connect", JobClient.hello("reader"));
            return connection
                    .call("sessions.list", Json.MAPPER.createObjectNode())
                    .path("total")
                    .asLong();
        }
    }

    private void report(List<JobClient> clients, int effects, StrictProvider provider) {
        List<Integer> runs = new ArrayList<>();
        clients.forEach(client -> runs.add(client.runs.size()));
        int all = runs.stream().mapToInt(Integer::intValue).sum();
        assertThat(all).as("runs").isGreaterThan(CLIENTS);
        System.out.printf(
                "KillLoopTest: %d kills, %d runs (%d given up after three crashes), %d times interrupted,"
                        + " %d connections lost, %d requests sent again, %d effects, %d outcomes unknown,"
                        + " %d requests to the model%n",
                kills,
                all,
                failed,
                interrupted,
                clients.stream().mapToInt(JobClient::losses).sum(),
                clients.stream().mapToInt(JobClient::repeats).sum(),
                effects,
                unknown,
                provider.requests.get());
    }
}
