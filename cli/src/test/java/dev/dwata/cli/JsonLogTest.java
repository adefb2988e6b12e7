package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class JsonLogTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @TempDir
    Path folder;

    /// Every line, each of which must be an object with what all lines have.
    private static List<JsonNode> lines(String err) {
        assertThat(err).isNotEmpty().endsWith("\n");
        List<JsonNode> lines = err.lines().map(Json.STRICT::readTree).toList();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("time").stringValue()).matches(TIME);
            assertThat(line.path("level").stringValue()).matches("ERROR|WARN|INFO|DEBUG|TRACE");
            assertThat(line.path("logger").stringValue()).isNotEmpty();
            assertThat(line.path("message").isString()).isTrue();
        });
        return lines;
    }

    @Test
    void everyLineOfAGatewayIsAnObjectAndTheAccessLogHasFields() throws Exception {
        try (Running gateway = new Dwata(folder)
                        .start("gateway", "--port", "0", "--json", "--auth", "none", "--access-log", "--log", "json");
                HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create(Json.MAPPER
                    .readTree(gateway.awaitOut(out -> out.endsWith("\n")))
                    .path("url")
                    .stringValue());
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/sessions?query=private-words"))
                    .header("X-Request-Id", "request-7")
                    .build();
            http.send(request, HttpResponse.BodyHandlers.ofString());
            gateway.signal("TERM");
            List<JsonNode> lines = lines(gateway.end().err());

            assertThat(lines).noneMatch(line -> line.toString().contains("private-words"));
            assertThat(lines)
                    .filteredOn(line -> line.path("logger").stringValue().equals("dwata"))
                    .anySatisfy(line ->
                            assertThat(line.path("message").stringValue()).startsWith("the gateway is stopping"));
            JsonNode access = lines.stream()
                    .filter(line -> line.path("logger").stringValue().equals("dwata.access"))
                    .findFirst()
                    .orElseThrow();
            assertThat(access.path("method").stringValue()).isEqualTo("GET");
            assertThat(access.path("route").stringValue()).isEqualTo("/api/v1/sessions");
            assertThat(access.path("status").intValue()).isEqualTo(200);
            assertThat(access.path("ms").isIntegralNumber()).isTrue();
            assertThat(access.path("bytes").intValue()).isPositive();
            assertThat(access.path("principal").stringValue()).isEqualTo("local");
            assertThat(access.path("token").stringValue()).isEqualTo("-");
            assertThat(access.path("request").stringValue()).isEqualTo("request-7");
        }
    }

    @Test
    void whatEndsItIsOneToo() throws Exception {
        Dwata.Ran ran = new Dwata(folder).run("gateway", "--port", "70000", "--log", "json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(lines(ran.err()))
                .anySatisfy(
                        line -> assertThat(line.path("message").stringValue()).contains("--port must be 0 to 65535"));
    }

    @Test
    void theSettingIsReadFromTheFileAndRefusedWhereItIsNeither() throws Exception {
        Dwata dwata = new Dwata(folder);
        Files.createDirectories(dwata.home);
        Files.writeString(dwata.home.resolve("config.json"), "{\"log\":\"json\"}");
        try (Running gateway = dwata.start("gateway", "--port", "0", "--auth", "none")) {
            gateway.awaitErr(err -> err.contains("the gateway is at"));
            gateway.signal("TERM");
            assertThat(lines(gateway.end().err())).isNotEmpty();
        }
        Files.writeString(dwata.home.resolve("config.json"), "{\"log\":\"xml\"}");

        assertThat(dwata.call("gateway", "--port", "0").err()).contains("log must be text or json, not 'xml'");
    }
}
