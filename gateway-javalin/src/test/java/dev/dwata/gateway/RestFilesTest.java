package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.types.Principal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// S2-55: the files of a session's project, over real sockets.
@Timeout(60)
class RestFilesTest {
    @TempDir
    private Path directory;

    private final InMemoryStore store = new InMemoryStore();
    private LocalRuntime runtime;
    private Gateway gateway;
    private Rest rest;
    private String session;

    @BeforeEach
    void start() throws IOException {
        Path project = Files.createDirectory(directory.resolve("project"));
        Files.createDirectories(project.resolve("songs/one"));
        Files.writeString(project.resolve("songs/one/beat.js"), "s(\"bd*4\")");
        Files.writeString(project.resolve("page.html"), "<script>alert(1)</script>");
        Files.writeString(project.resolve("notes.md"), "# Größe");
        Files.writeString(project.resolve(".env"), "KEY=secret");
        Files.writeString(directory.resolve("outside.txt"), "not yours");
        Files.createSymbolicLink(project.resolve("way-out"), directory.resolve("outside.txt"));
        Models models = new ScriptedModel().asModels();
        runtime = AgentRuntime.builder().models(models).store(store).build();
        gateway = Gateway.start(
                GatewayConfig.of("0.1.1").withPort(0).withWorkspace(Workspace.at(project)), runtime, store, models);
        rest = new Rest(gateway.url());
        session = rest.post("/sessions", "{}").text("sessionId");
    }

    @AfterEach
    void close() {
        rest.close();
        gateway.close();
        runtime.close();
        store.close();
    }

    private HttpResponse<String> read(String path) {
        return rest.send(
                HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/sessions/" + session + "/files/" + path))
                        .build());
    }

    @Test
    void readsFilesWithTheirTypes() {
        HttpResponse<String> notes = read("notes.md");
        assertThat(notes.statusCode()).isEqualTo(200);
        assertThat(notes.body()).isEqualTo("# Größe");
        assertThat(notes.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(notes.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(kind -> assertThat(kind).startsWith("inline"));
        assertThat(notes.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(read("songs/one/beat.js").body()).isEqualTo("s(\"bd*4\")");
    }

    @Test
    void aPageIsADownloadAndNotShown() {
        HttpResponse<String> page = read("page.html");

        assertThat(page.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(page.headers().firstValue("Content-Disposition")).hasValue("attachment; filename*=UTF-8''page.html");
    }

    @Test
    void listsFolders() {
        assertThat(rest.get("/sessions/" + session + "/files").body().findValuesAsString("path"))
                .containsExactly(".", ".env", "notes.md", "page.html", "songs", "way-out");
        Rest.Reply songs = rest.get("/sessions/" + session + "/files/songs/one");
        assertThat(songs.text("path")).isEqualTo("songs/one");
        assertThat(songs.body().path("entries").get(0).path("size").longValue()).isEqualTo(9);
        assertThat(songs.body().path("truncated").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.txt",
                "way-out",
                "..%2foutside.txt",
                "songs/%2e%2e/%2e%2e/outside.txt",
                "%2e%2e/outside.txt",
                "..%5coutside.txt",
                "%2fetc%2fpasswd",
                "notes.md%00.html",
                ".env"
            })
    void showsNothingFromOutsideAndNoSecrets(String path) {
        HttpResponse<String> response = read(path);

        assertThat(response.statusCode()).isIn(400, 403, 404);
        assertThat(response.body())
                .doesNotContain("not yours")
                .doesNotContain("secret")
                .doesNotContain("root:");
    }

    @Test
    void anothersSessionShowsNoFiles() {
        session = store.sessions()
                .create(new Principal("somebody@else"), NewSession.PLAIN)
                .id()
                .value();

        assertThat(read("notes.md").statusCode()).isEqualTo(404);
    }
}
