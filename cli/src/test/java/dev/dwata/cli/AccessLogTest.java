package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AccessLogTest {
    @TempDir
    Path folder;

    private String log(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("gateway", "--port", "0", "--json", "--auth", "none"));
        arguments.addAll(List.of(options));
        try (Running gateway = new Dwata(folder).start(arguments.toArray(String[]::new));
                HttpClient http = HttpClient.newHttpClient()) {
            URI url = URI.create(Json.MAPPER
                    .readTree(gateway.awaitOut(out -> out.endsWith("\n")))
                    .path("url")
                    .stringValue());
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/sessions?query=private-words"))
                    .header("X-Request-Id", "request-7")
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            gateway.signal("TERM");
            return gateway.awaitErr(err -> err.contains("stopping"));
        }
    }

    @Test
    void eachRequestIsALineWithoutWhatWasAsked() throws Exception {
        assertThat(log("--access-log"))
                .containsPattern("GET /api/v1/sessions 200 \\d+ms \\d+B principal=local token=- request=request-7")
                .doesNotContain("private-words");
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() throws Exception {
        assertThat(log()).doesNotContain("request-7").doesNotContain("/api/v1/sessions");
    }
}
