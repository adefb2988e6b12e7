package dev.dwata.interop;

import dev.dwata.types.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A process of aimock, which speaks as every provider does and keeps a journal of what it was sent.
final class MockProviders implements AutoCloseable {
    private static final String PROGRAM = "node_modules/@copilotkit/aimock/dist/cli.js";
    private static final Pattern LISTENING = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    private MockProviders(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /// Starts it on a free port of this machine. `npm ci` must have been run in this module's folder.
    ///
    /// @param fixtures what it answers
    static MockProviders start(Path fixtures) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "node", PROGRAM, "--port", "0", "--fixtures", fixtures.toString(), "--strict")
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> url = new CompletableFuture<>();
        Thread.ofVirtual().name("aimock-output").start(() -> follow(process.inputReader(), url));
        try {
            return new MockProviders(process, url.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("aimock did not start; was `npm ci` run in the folder interop?", e);
        }
    }

    String url() {
        return url;
    }

    /// The requests since `from`, oldest first: each with `path` and, read as if it were Chat Completions,
    /// `body`.
    List<JsonNode> journal(int from) {
        List<JsonNode> entries = new ArrayList<>();
        get("/__aimock/journal").forEach(entries::add);
        return entries.subList(from, entries.size());
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(PATIENCE)
                    .build();
            return Json.MAPPER.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Reads all that the process says, so that it never waits for a reader.
    private static void follow(BufferedReader output, CompletableFuture<String> url) {
        StringBuilder said = new StringBuilder();
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    url.complete(listening.group(1));
                }
                if (!url.isDone()) {
                    said.append(line).append('\n');
                }
            }
            url.completeExceptionally(new IOException("it ended: " + said));
        } catch (IOException e) {
            url.completeExceptionally(e);
        }
    }
}
