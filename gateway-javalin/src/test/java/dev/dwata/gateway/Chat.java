package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A client of AG-UI, which reads frames as AG-UI's own does, by two LFs, and holds them against its rules.
final class Chat implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    Chat(TestGateway gateway) {
        this(gateway, "/api/ai/chat");
    }

    Chat(TestGateway gateway, String path) {
        url = URI.create(gateway.gateway.url() + path);
    }

    /// @param id of the event
    record Event(String id, ObjectNode data) {
        String type() {
            return data.get("type").stringValue();
        }
    }

    /// What was answered.
    ///
    /// @param body absent where events were
    record Answer(int status, List<Event> events, @Nullable JsonNode body) {
        List<String> types() {
            return events.stream().map(Event::type).toList();
        }

        ObjectNode last() {
            return events.getLast().data();
        }

        String lastId() {
            return events.getLast().id();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            events.stream()
                    .filter(event -> event.type().equals("TEXT_MESSAGE_CONTENT"))
                    .forEach(event -> text.append(event.data().get("delta").stringValue()));
            return text.toString();
        }

        ObjectNode only(String type) {
            List<Event> all =
                    events.stream().filter(event -> event.type().equals(type)).toList();
            assertThat(all).as("one event " + type + " in " + types()).hasSize(1);
            return all.getFirst().data();
        }

        JsonNode interrupts() {
            return last().path("outcome").path("interrupts");
        }
    }

    static ObjectNode input(String thread, String run, String... userMessages) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("threadId", thread).put("runId", run);
        body.putObject("state");
        ArrayNode messages = body.putArray("messages");
        for (String message : userMessages) {
            messages.addObject()
                    .put("id", "m" + messages.size())
                    .put("role", "user")
                    .put("content", message);
        }
        body.putArray("tools");
        body.putArray("context");
        body.putObject("forwardedProps");
        return body;
    }

    static ObjectNode resume(String thread, String run, String interrupt, String payload) {
        ObjectNode body = input(thread, run);
        body.putArray("resume")
                .addObject()
                .put("interruptId", interrupt)
                .put("status", "resolved")
                .set("payload", Json.MAPPER.readTree(payload));
        return body;
    }

    HttpResponse<InputStream> open(JsonNode body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Posts, and reads to the end.
    Answer post(JsonNode body, String... headers) {
        Answer answer = read(open(body, headers));
        boolean whole = headers.length == 0 && answer.status() == 200;
        if (whole) {
            AgUiRules.check(answer.events().stream().map(Event::data).toList());
        }
        return answer;
    }

    Answer get(String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + query));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return read(send(request.build()));
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            boolean isStream =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            return isStream
                    ? new Answer(response.statusCode(), events(text), null)
                    : new Answer(response.statusCode(), List.of(), text.isEmpty() ? null : Json.MAPPER.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Event> events(String text) {
        List<Event> events = new ArrayList<>();
        assertThat(text).doesNotContain("\r");
        for (String frame : text.split("\n\n", -1)) {
            if (!frame.startsWith(":") && !frame.isEmpty()) {
                events.add(event(frame));
            }
        }
        return events;
    }

    static Event event(String frame) {
        String[] lines = frame.split("\n", -1);
        assertThat(lines).hasSize(2);
        assertThat(lines[0]).matches("id: \\d+\\.\\d+");
        assertThat(lines[1]).startsWith("data: {");
        return new Event(lines[0].substring(4), (ObjectNode) Json.MAPPER.readTree(lines[1].substring(6)));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
