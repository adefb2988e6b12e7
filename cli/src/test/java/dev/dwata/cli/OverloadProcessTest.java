package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.kill.WireClient;
import dev.dwata.types.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// C1, C3 and C4 at a gateway of 256 MB: who behaves badly harms nobody else. `-Ddwata.flood=200` streams so
/// many megabytes instead of 24.
@Timeout(180)
class OverloadProcessTest {
    private static final int MEGABYTES = Integer.getInteger("dwata.flood", 24);
    private static final int MEGABYTES_OF_A_RUN = 4;
    private static final int RUNS_ALONE = 2;
    private static final int CLIENTS = 200;
    private static final int ROUNDS = Integer.getInteger("dwata.storm", 20);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Running gateway;
    private URI url;

    private void start(String model) throws Exception {
        Dwata dwata = new Dwata(folder).with("OPENAI_BASE_URL", model).with("JDK_JAVA_OPTIONS", "-Xmx256m");
        gateway = dwata.start("gateway", "--port", "0", "--json", "--auth", "none");
        JsonNode ready = Json.MAPPER.readTree(gateway.awaitOut(out -> out.endsWith("\n")));
        url = URI.create(ready.path("url").stringValue());
    }

    @AfterEach
    void stop() {
        http.close();
        gateway.close();
    }

    private static ObjectNode params(String... namesAndValues) {
        ObjectNode params = Json.MAPPER.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    private WireClient healthy() throws Exception {
        WireClient client = new WireClient(http, URI.create("ws://127.0.0.1:" + url.getPort() + "/ws"), events::add);
        client.call("connect", params("version", "1", "clientType", "web"));
        return client;
    }

    private int health() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /// C1
    @Test
    void aClientThatNeverReadsIsClosedAndTheOthersGoOn() throws Exception {
        try (FloodingModel model = new FloodingModel(MEGABYTES_OF_A_RUN * 1_000_000 / FloodingModel.LENGTH)) {
            start(model.url());
            List<Double> alone = new ArrayList<>();
            List<Double> delays = new ArrayList<>();
            try (WireClient healthy = healthy();
                    RudeClient stuck = new RudeClient(url.getPort())) {
                assertThat(stuck.upgrade()).isEqualTo(101);
                stuck.connect();
                for (int run = 0; run < MEGABYTES / MEGABYTES_OF_A_RUN; run++) {
                    String session = healthy.call("sessions.new", params())
                            .path("sessionId")
                            .stringValue();
                    if (run >= RUNS_ALONE) {
                        attach(stuck, session);
                    }
                    healthy.call("agent", params("sessionId", session, "message", "Flood."));
                    (run < RUNS_ALONE ? alone : delays).addAll(delaysUntilFinal());
                    assertThat(health()).isEqualTo(200);
                }
                eventually("the stuck one is closed", () -> connections(healthy) == 1);
                assertThat(stuck.closeCode()).isIn(1013, 1006);
            }
            double most = slowestOfAHundred(alone);
            double p99 = slowestOfAHundred(delays);
            System.out.printf(
                    "%d MB, %d events: p99 %.1f ms, before there was a stuck client %.1f ms; %s%n",
                    MEGABYTES, alone.size() + delays.size(), p99, most, status("VmHWM:"));
            assertThat(p99)
                    .as("milliseconds from the model to the healthy client")
                    .isLessThan(1_000 + 5 * most);
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    private static double slowestOfAHundred(List<Double> delays) {
        Collections.sort(delays);
        return delays.get(delays.size() * 99 / 100);
    }

    /// As long as it is not closed.
    private static void attach(RudeClient client, String session) {
        try {
            client.send(session, "sessions.attach", params("sessionId", session).toString());
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe.*");
        }
    }

    /// Milliseconds from the model to here, of each word of a run.
    private List<Double> delaysUntilFinal() throws InterruptedException {
        List<Double> delays = new ArrayList<>();
        while (true) {
            String event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("the next event").isNotNull();
            String begin = event.substring(0, Math.min(200, event.length()));
            if (begin.contains("\"event\":\"token\"")) {
                String[] parts = begin.split("@", 3);
                delays.add((System.nanoTime() - Long.parseLong(parts[1])) / 1e6);
            } else if (begin.contains("\"event\":\"final\"")) {
                return delays;
            }
        }
    }

    private int connections(WireClient client) {
        try {
            return client.call("status", params())
                    .at("/gateway/activeConnections")
                    .intValue();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// C3
    @Test
    void aBurstWhoseAnswersAreNotReadKeepsNobodyWaiting() throws Exception {
        start("http://127.0.0.1:1/v1");
        try (WireClient healthy = healthy();
                RudeClient rude = new RudeClient(url.getPort())) {
            assertThat(rude.upgrade()).isEqualTo(101);
            rude.connect();
            Future<?> sending = Executors.newVirtualThreadPerTaskExecutor().submit(() -> {
                for (int i = 0; i < 10_000; i++) {
                    rude.send(Integer.toString(i), "status", "{}");
                }
                return null;
            });
            for (int i = 0; i < 100; i++) {
                long begun = System.nanoTime();
                healthy.call("status", params());
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(health()).isEqualTo(200);

            assertThat(rude.read().text()).contains("\"id\":\"c\"");
            for (int i = 0; i < 1_000; i++) {
                assertThat(rude.read().text()).contains("\"id\":\"" + i + "\"");
            }
            sending.cancel(true);
        }
        try (WireClient healthy = healthy()) {
            eventually("it is gone", () -> connections(healthy) == 1);
        }
    }

    /// C4
    @Test
    void aStormOfConnectionsLeavesNothingBehind() throws Exception {
        try (SlowModel model = new SlowModel()) {
            start(model.url());
            try (WireClient healthy = healthy()) {
                healthy.call("agent", params("message", "Go on."));
                model.say("before ");
                storm(1); // what is made once and kept
                eventually("all are gone", () -> connections(healthy) == 1);
                int threads = entries("task");
                int files = entries("fd");

                int said = 0;
                try (ExecutorService storm = Executors.newSingleThreadExecutor()) {
                    Future<Integer> attempts = storm.submit(() -> storm(ROUNDS));
                    while (!attempts.isDone()) {
                        said++;
                        model.say(said + " ");
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                    System.out.printf("%d connections, %d words meanwhile%n", attempts.get(), said);
                }
                model.finish();

                String last = "";
                int heard = -1; // the word before the storm
                while (!last.contains("\"event\":\"final\"")) {
                    last = events.poll(30, TimeUnit.SECONDS);
                    assertThat(last).as("the next event").isNotNull();
                    heard += last.contains("\"event\":\"token\"") ? 1 : 0;
                }
                assertThat(heard).isEqualTo(said);
                assertThat(health()).isEqualTo(200);
                eventually("all are gone", () -> connections(healthy) == 1);
                eventually("their threads, too", () -> Math.abs(entries("task") - threads) <= 10);
                eventually("and their files", () -> Math.abs(entries("fd") - files) <= 10);
            }
        }
    }

    /// Clients that come and go, half of them without saying who they are.
    ///
    /// @return how many got in
    private int storm(int rounds) throws Exception {
        AtomicInteger upgraded = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean connects = i % 2 == 0;
                clients.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        comeAndGo(connects, upgraded);
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        return upgraded.get();
    }

    private void comeAndGo(boolean connects, AtomicInteger upgraded) throws InterruptedException {
        try (RudeClient client = new RudeClient(url.getPort())) {
            if (client.upgrade() == 101) {
                upgraded.incrementAndGet();
                if (connects) {
                    client.connect().read();
                }
            }
        } catch (IOException e) {
            TimeUnit.MILLISECONDS.sleep(5); // refused: it comes again
        }
    }

    private int entries(String of) {
        try (Stream<Path> found = Files.list(Path.of("/proc", Long.toString(gateway.pid()), of))) {
            return (int) found.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(gateway.pid()), "status")).stream()
                .filter(line -> line.startsWith(field))
                .findFirst()
                .orElse("unknown");
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void eventually(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
