package dev.dwata.cli.kill;

import dev.dwata.types.Json;
import java.net.http.HttpClient;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client that gives its session one job after the other, at most two ahead, and follows it. When it loses
/// the gateway it comes back with the number of the last entry it has seen, and sends again what was not
/// acknowledged.
final class JobClient {
    private static final int AHEAD = 2;
    private static final long TICK_MILLIS = 200;

    final String name;
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /// The acknowledged run of each key, in the order of the jobs.
    final Map<String, String> runs = new LinkedHashMap<>();

    /// What came, by its number.
    final TreeMap<Long, String> seen = new TreeMap<>();

    private final GatewayProcess gateway;
    private final HttpClient http;
    private final Set<String> over = new HashSet<>();
    private final Semaphore news = new Semaphore(0);
    private @Nullable String session;
    private volatile boolean stopping;
    private boolean isUnanswered;
    private int sent;
    private int losses;

    JobClient(String name, GatewayProcess gateway, HttpClient http) {
        this.name = name;
        this.gateway = gateway;
        this.http = http;
    }

    /// Works until [#stop] was called and everything is answered.
    void work() {
        try {
            while (!isDone()) {
                try (WireClient connection = connect()) {
                    serve(connection);
                } catch (WireClient.Lost e) {
                    losses++;
                }
            }
        } catch (InterruptedException e) {
            faults.add("interrupted");
        } catch (AssertionError | RuntimeException e) {
            faults.add(String.valueOf(e));
        }
    }

    void stop() {
        stopping = true;
    }

    /// How often it has lost the gateway.
    int losses() {
        return losses;
    }

    /// How many requests it has sent that were not the first of their key.
    int repeats() {
        return sent - runs.size();
    }

    String session() {
        if (session == null) {
            throw new AssertionError(name + " never got an answer");
        }
        return session;
    }

    private WireClient connect() throws WireClient.Lost, InterruptedException {
        if (session == null) {
            forget();
        }
        WireClient connection = new WireClient(http, gateway.awaitAddress(), this::took);
        ObjectNode params = hello(name);
        if (session != null) {
            params.put("sessionId", session).put("afterSeq", cursor());
        }
        connection.call("connect", params);
        return connection;
    }

    static ObjectNode hello(String clientId) {
        return Json.MAPPER
                .createObjectNode()
                .put("version", "1")
                .put("clientType", "web")
                .put("clientId", clientId);
    }

    private void serve(WireClient connection) throws WireClient.Lost, InterruptedException {
        while (!connection.isLost() && !isDone()) {
            if (isUnanswered || (!stopping && open() < AHEAD)) {
                ask(connection, runs.size());
            } else {
                rest();
            }
        }
        losses += connection.isLost() ? 1 : 0;
    }

    private void ask(WireClient connection, int job) throws WireClient.Lost, InterruptedException {
        sent++;
        isUnanswered = true;
        JsonNode ack = connection.call("agent", request(job));
        runs.put(key(job), ack.path("runId").asString(""));
        session = ack.path("sessionId").asString("");
        isUnanswered = false;
    }

    /// What it sends for a job, the same each time.
    ObjectNode request(int job) {
        ObjectNode request = Json.MAPPER
                .createObjectNode()
                .put("message", "Do the job " + key(job))
                .put("idempotencyKey", key(job));
        return job == 0 ? request : request.put("sessionId", session());
    }

    private String key(int job) {
        return name + "-" + job;
    }

    private synchronized long cursor() {
        return seen.isEmpty() ? 0 : seen.lastKey();
    }

    /// The session is not known, so it will be followed from its beginning.
    private synchronized void forget() {
        seen.clear();
    }

    private synchronized void took(String text) {
        JsonNode event = Json.MAPPER.readTree(text);
        long seq = event.path("seq").asLong();
        if (seq != cursor() + 1) {
            faults.add("after entry " + cursor() + " came " + text);
        }
        seen.put(seq, text);
        if (isTerminal(event)) {
            over.add(event.at("/payload/runId").asString(""));
        }
        news.release();
        gateway.works();
    }

    static boolean isTerminal(JsonNode event) {
        return switch (event.path("event").asString("")) {
            case "final", "cancelled" -> true;
            case "error" -> event.at("/payload/fatal").asBoolean(false);
            default -> false;
        };
    }

    private synchronized long open() {
        return runs.values().stream().filter(run -> !over.contains(run)).count();
    }

    private boolean isDone() {
        return stopping && !isUnanswered && open() == 0;
    }

    /// Until something has come, or for a while.
    private void rest() throws InterruptedException {
        if (news.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }
}
