package dev.dwata.agent.provider;

import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks Ollama which models it has: `GET /api/tags` answers `{"models":[{"name":"llama3.3:latest",…},…]}`
/// (Ollama's API documentation, November 2026). Asked when models are listed, and then not again for a while;
/// where it does not answer soon there are none.
final class OllamaTags {
    private static final int CONNECT_MILLIS = 300;
    private static final int ANSWER_MILLIS = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_MODELS = 200;
    private static final long KEEP_NANOS = Duration.ofSeconds(30).toNanos();

    private final String baseUrl;
    private final Lock asking = new ReentrantLock();
    private List<String> names = List.of();
    private long askedAt;
    private boolean asked;

    /// @param baseUrl of its Chat Completions
    OllamaTags(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    List<String> names() {
        asking.lock();
        try {
            if (!asked || System.nanoTime() - askedAt > KEEP_NANOS) {
                names = ask();
                asked = true;
                askedAt = System.nanoTime();
            }
            return names;
        } finally {
            asking.unlock();
        }
    }

    private List<String> ask() {
        try {
            return read(Json.MAPPER.readTree(body()));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private byte[] body() throws IOException {
        URI tags = URI.create(baseUrl.replaceFirst("/v1$", "") + "/api/tags");
        if (!(tags.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("not an HTTP address");
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return wholeIn(in);
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] wholeIn(InputStream in) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMillis(ANSWER_MILLIS).toNanos();
        byte[] bytes = new byte[1 << 13];
        int length = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > MOST_BYTES || System.nanoTime() > deadline) {
                throw new IOException("the list is too long, or takes too long");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static List<String> read(JsonNode tree) {
        List<String> names = new ArrayList<>();
        for (JsonNode model : tree.path("models")) {
            String name = model.path("name").asString("").replaceFirst(":latest$", "");
            if (name.matches("[\\x21-\\x7e]{1,200}") && names.size() < MOST_MODELS) {
                names.add(name);
            }
        }
        return names;
    }
}
