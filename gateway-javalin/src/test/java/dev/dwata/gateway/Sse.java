package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of server-sent events, which reads lines and fields as a browser does: whatever ends a line, ends
/// it.
final class Sse implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /// @param id   absent where it has none of its own
    /// @param name `over` when the stream has ended, `comment` for a comment
    record Event(@Nullable Long id, String name, String data) {
        JsonNode json() {
            return Json.MAPPER.readTree(data);
        }
    }

    private Sse(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Sse open(TestGateway gateway, String session, String query, String... headers) {
        Sse sse = new Sse(uri(gateway, session, query), headers);
        assertThat(sse.response.statusCode()).isEqualTo(200);
        assertThat(sse.response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        Thread.ofVirtual().name("test-sse").start(sse::read);
        return sse;
    }

    /// @return the status and the body of the answer to a request that is refused
    static String refused(TestGateway gateway, String session, String query, String... headers) {
        try (Sse sse = new Sse(uri(gateway, session, query), headers)) {
            return sse.response.statusCode() + " "
                    + new String(sse.response.body().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(TestGateway gateway, String session, String query) {
        return URI.create(gateway.gateway.url() + "/api/v1/sessions/" + session + "/events" + query);
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Long id = null;
            String name = "message";
            StringBuilder data = new StringBuilder();
            String line = in.readLine();
            while (line != null) {
                if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, data.toString()));
                    id = null;
                    name = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    events.add(new Event(null, "comment", line));
                } else if (line.startsWith("id: ")) {
                    id = Long.valueOf(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (!line.isEmpty() && !line.startsWith("retry: ")) {
                    events.add(new Event(null, "nonsense", line));
                }
                line = in.readLine();
            }
        } catch (IOException e) {
            // the connection is over
        }
        events.add(new Event(null, "over", "{}"));
    }

    Event next() {
        try {
            Event next = events.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("an event within 20 s").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Everything up to the next event of that name.
    List<Event> to(String name) {
        List<Event> all = new ArrayList<>();
        do {
            all.add(next());
            assertThat(all.getLast().name()).isNotEqualTo(name.equals("over") ? "" : "over");
        } while (!all.getLast().name().equals(name));
        return all;
    }

    static List<Long> ids(List<Event> events) {
        return events.stream().map(Event::id).filter(id -> id != null).toList();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.shutdownNow();
    }
}
