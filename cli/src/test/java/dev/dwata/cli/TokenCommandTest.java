package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.cli.Dwata.Ran;
import dev.dwata.types.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TokenCommandTest {
    @TempDir
    Path folder;

    private Dwata dwata;

    @BeforeEach
    void prepare() throws Exception {
        dwata = new Dwata(folder);
    }

    @Test
    void makesListsRotatesAndEndsTokensWithoutAGateway() throws Exception {
        assertThat(dwata.call("token").out()).contains("no tokens");
        Ran made = dwata.call("token", "create", "--name", "ci", "--scope", "read,run", "--principal", "ada");
        assertThat(made.code()).as(made.err()).isZero();
        String token = made.out().strip();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.err()).contains("of ada", "read,run", "this once").doesNotContain(token);

        Ran listed = dwata.call("token", "list");
        assertThat(listed.out()).contains("ada", "read,run", "ci").doesNotContain(token);
        String id = listed.out().substring(0, listed.out().indexOf(' '));

        Ran rotated = dwata.call("token", "rotate", id, "--json");
        JsonNode after = Json.STRICT.readTree(rotated.out());
        assertThat(after.path("token").stringValue()).isNotEqualTo(token);
        assertThat(after.path("principal").stringValue()).isEqualTo("ada");
        assertThat(dwata.call("token", "revoke", id).code()).as("it has ended").isEqualTo(1);

        assertThat(dwata.call("token", "revoke", after.path("id").stringValue()).code())
                .isZero();
        assertThat(dwata.call("token").out()).contains("no tokens");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(dwata.call("token", "create", "--scope", "everything").err()).contains("admin", "'everything'");
        assertThat(dwata.call("token", "create", "--principal", "a b").code()).isEqualTo(2);
        assertThat(dwata.call("token", "create", "--days", "0").code()).isEqualTo(2);
        assertThat(dwata.call("token", "revoke").err()).contains("dwata token revoke ID");
        assertThat(dwata.call("token", "list", "--scope", "read").code()).isEqualTo(2);
        assertThat(dwata.call("token", "rotate").err()).contains("holds none in force");
        assertThat(dwata.call("web", "--no-open").code()).isEqualTo(4);
    }

    @Test // F1, F6: nobody is let in without, and a gateway that runs hears of what a command ends
    void aGatewayHearsOfWhatCommandsDo() throws Exception {
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json");
                HttpClient http = HttpClient.newHttpClient()) {
            JsonNode ready = Json.STRICT.readTree(gateway.awaitOut(out -> out.endsWith("\n")));
            assertThat(ready.path("auth").stringValue()).isEqualTo("token");
            URI models = URI.create(ready.path("url").stringValue() + "/api/v1/models");
            Path file = dwata.home.resolve("token");
            String first = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(status(http, models, null)).isEqualTo(401);
            assertThat(status(http, models, first)).isEqualTo(200);
            assertThat(dwata.call("sessions").code()).isZero();

            assertThat(dwata.call("token", "rotate").out())
                    .doesNotContain(Files.readString(file).strip());

            assertThat(status(http, models, first)).isEqualTo(401);
            assertThat(status(http, models, Files.readString(file).strip())).isEqualTo(200);
            Ran stranger = new Dwata(folder.resolve("stranger"))
                    .call("sessions", "--gateway", ready.path("url").stringValue());
            assertThat(stranger.code()).isEqualTo(78);
            assertThat(stranger.err()).contains("DWATA_TOKEN");
            assertThat(dwata.call("web", "--no-open").out())
                    .matches(ready.path("url").stringValue() + "/#c=[A-Za-z0-9_-]{43}\n");
            gateway.signal("TERM");
            assertThat(gateway.end().err()).doesNotContain(first);
        }
    }

    private static int status(HttpClient http, URI uri, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
