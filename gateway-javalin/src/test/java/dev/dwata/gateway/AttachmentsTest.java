package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Images and files over HTTP, and with messages over both doors.
@Timeout(60)
class AttachmentsTest {
    private static final String SHA_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path directory;

    private final ScriptedModel model = new ScriptedModel();
    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.with(model, SqliteStore.open(directory.resolve("db.sqlite3")));
    }

    @AfterEach
    void close() {
        gateway.close();
        http.shutdownNow();
    }

    @Test
    void whatIsUploadedComesBackAsItWas() throws Exception {
        HttpResponse<String> made = upload(
                BodyPublishers.ofString("abc"), "Content-Type", "text/plain", "X-File-Name", "gr%C3%BCn%20a+b.txt");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body())
                .isEqualTo("{\"uri\":\"attachment:" + SHA_OF_ABC
                        + "\",\"size\":3,\"mediaType\":\"text/plain\",\"name\":\"grün a+b.txt\"}");
        HttpResponse<String> read = get("/attachments/" + SHA_OF_ABC);
        assertThat(read.body()).isEqualTo("abc");
        assertThat(read.headers().map())
                .containsEntry("content-type", List.of("text/plain"))
                .containsEntry("content-length", List.of("3"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("content-disposition", List.of("attachment; filename*=UTF-8''gr%C3%BCn%20a%2Bb.txt"));
    }

    @Test
    void anImageMayBeShown() throws Exception {
        String uri = uri(upload(
                BodyPublishers.ofString("GIF89a"),
                "Content-Type",
                "image/gif",
                "Content-Disposition",
                "attachment; filename=\"a b.gif\""));

        assertThat(get("/attachments/" + uri.substring("attachment:".length()))
                        .headers()
                        .map())
                .containsEntry("content-type", List.of("image/gif"))
                .containsEntry("content-disposition", List.of("inline; filename*=UTF-8''a%20b.gif"));
    }

    @ParameterizedTest
    @CsvSource({
        "video/mp4, abc, 415, UNSUPPORTED",
        "image/png, abc, 415, UNSUPPORTED",
        "application/json, {}, 415, UNSUPPORTED",
        "text/plain, '', 400, INVALID_REQUEST"
    })
    void whatNoModelReadsIsRefused(String type, String body, int status, String code) throws Exception {
        HttpResponse<String> refused = upload(BodyPublishers.ofString(body), "Content-Type", type);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(Json.MAPPER.readTree(refused.body()).path("code").asString()).isEqualTo(code);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(get("/attachments/" + SHA_OF_ABC).statusCode()).isEqualTo(404);
        assertThat(get("/attachments/..%2Fdb.sqlite3").statusCode()).isIn(400, 404);
    }

    @Test
    void aFileThatIsSaidToBeTooLargeIsRefusedBeforeItIsSent() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/attachments HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                                    + "\r\nContent-Type: text/plain\r\nContent-Length: 26214401\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
        }
    }

    @Test
    void aFileThatTurnsOutTooLargeIsNotReadOn() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/attachments HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                                    + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("100000\r\n" + "a".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 25; i++) {
                socket.getOutputStream().write(chunk);
            }
            socket.getOutputStream().write("1\r\na\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush(); // and more to come, which nobody waits for

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"TOO_LARGE\"");
        }
    }

    @Test // E1, E3
    void noPageOfAnotherSiteUploadsAnything() throws Exception {
        HttpResponse<String> refused =
                upload(BodyPublishers.ofString("abc"), "Content-Type", "text/plain", "Origin", "http://evil.example");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(get("/attachments/" + SHA_OF_ABC).statusCode()).isEqualTo(404);
    }

    @Test
    void aMessageOverHttpHasAttachments() throws Exception {
        model.says("Seen.").says("Seen, too.");
        String uri = uri(upload(BodyPublishers.ofString("abc"), "Content-Type", "text/plain", "X-File-Name", "a.txt"));
        String attachments = "[{\"uri\":\"" + uri + "\"},"
                + "{\"data\":\"R0lGODlh\",\"mediaType\":\"image/gif\",\"name\":\"b.gif\"}]";

        JsonNode created = post("/sessions", "{\"userPrompt\":\"look\",\"attachments\":" + attachments + "}");
        String session = created.path("sessionId").asString();
        JsonNode answer = post(
                "/sessions/" + session + "/messages?wait=true",
                "{\"message\":\"again\",\"attachments\":" + attachments + "}");

        assertThat(answer.path("content").asString()).isEqualTo("Seen, too.");
        JsonNode messages = Json.MAPPER
                .readTree(get("/sessions/" + session + "/messages").body())
                .path("messages");
        JsonNode expected = Json.MAPPER.readTree("[{\"type\":\"file\",\"uri\":\"attachment:" + SHA_OF_ABC
                + "\",\"mediaType\":\"text/plain\",\"name\":\"a.txt\"},{\"type\":\"image\",\"uri\":\"attachment:"
                + sha("GIF89a") + "\",\"mediaType\":\"image/gif\"}]");
        assertThat(messages.findValues("attachments")).containsExactly(expected, expected);
        assertThat(model.requests().getFirst().messages().getFirst().parts())
                .contains(new Part.Image("data:image/gif;base64,R0lGODlh", "image/gif"));
    }

    private static String sha(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{}] | attachments[0] must have either uri or data",
                "[{\"uri\":\"https://a.b/c.png\"}] | attachments[0].uri must be attachment:<sha256>",
                "[{\"data\":\"YQ==\"}] | attachments[0].mediaType is required with data",
                "[{\"data\":\"%%%\",\"mediaType\":\"text/plain\"}] | attachments[0].data is not base64",
                "[{\"data\":1,\"mediaType\":\"text/plain\"}] | attachments[0].data must be a string, not an integer",
                "[\"a\"] | attachments[0] must be an object, not a string",
                "{} | attachments must be an array of objects, not an object"
            })
    void whatIsWrongWithAnAttachmentIsNamed(String attachments, String error) {
        Client client = gateway.client();

        JsonNode refused = client.refused("agent", "message", "look", "attachments", Json.MAPPER.readTree(attachments));

        assertThat(refused.path("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.path("error").asString()).isEqualTo(error);
        assertThat(model.requests()).isEmpty();
    }

    private HttpResponse<String> upload(BodyPublisher body, String... headers) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1/attachments"))
                        .headers(headers)
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String uri(HttpResponse<String> made) {
        return Json.MAPPER.readTree(made.body()).path("uri").asString();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode post(String path, String body) throws Exception {
        return Json.MAPPER.readTree(http.send(
                        HttpRequest.newBuilder(URI.create(gateway.gateway.url() + "/api/v1" + path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
