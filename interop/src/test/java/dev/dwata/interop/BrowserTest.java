package dev.dwata.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Tokens.NewToken;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.Gateway;
import dev.dwata.gateway.GatewayConfig;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.auth.TokenCallers;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// In a real browser: the gateway's own page works, and a page of another origin gets nowhere.
class BrowserTest {
    /// A script of its own reads nothing of another origin; the browser sees to that. What it may send all the
    /// same must do nothing.
    private static final String HOSTILE = """
            <!doctype html><title>hostile</title>
            <iframe name="sink"></iframe><iframe name="framed" src="GATEWAY/"></iframe>
            <form id="form" method="post" target="sink" enctype="text/plain" action="GATEWAY/api/v1/sessions">
              <input name='{"title":"by form","x":"' value='"}'></form>
            <script>
            const tried = (promise) => promise.then((value) => String(value), (error) => 'failed');
            const element = (name, source) => new Promise((resolve) => {
              const made = document.createElement(name);
              made.onload = () => resolve('loaded'); made.onerror = () => resolve('failed');
              made.src = source; document.body.append(made); });
            const socket = () => new Promise((resolve) => {
              const made = new WebSocket('GATEWAY/ws'.replace('http', 'ws'));
              made.onopen = () => resolve('open'); made.onerror = () => resolve('failed'); });
            const json = { 'Content-Type': 'application/json' };
            async function attack() {
              document.getElementById('form').submit();
              const body = '{"title":"by fetch"}';
              return {
                health: await tried(fetch('GATEWAY/health').then((answer) => answer.text())),
                json: await tried(fetch('GATEWAY/api/v1/sessions', { method: 'POST', headers: json, body })),
                plain: await tried(fetch('GATEWAY/api/v1/sessions', { method: 'POST', mode: 'no-cors', body })),
                socket: await socket(),
                image: await element('img', 'GATEWAY/'),
                script: await element('script', 'GATEWAY/assets/page.js'),
                worker: await tried(navigator.serviceWorker.register('GATEWAY/assets/page.js')),
              };
            }
            </script>""";

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private final Models models = new ScriptedModel().asModels();
    private LocalRuntime runtime;

    @BeforeEach
    void start() {
        runtime = AgentRuntime.builder().models(models).store(store).build();
    }

    @AfterEach
    void stop() {
        runtime.close();
        store.close();
    }

    private Gateway gateway(Callers callers) {
        return Gateway.start(GatewayConfig.of("0.1.1").withPort(0).withCallers(callers), runtime, store, models);
    }

    private long sessions() {
        return store.sessions()
                .list(Principal.LOCAL, new SessionQuery(50, 0, null, null, null))
                .total();
    }

    @Test // E8, E9
    void thePageSignsInByItsCodeAndShowsSessionsAsTheyChange() throws Exception {
        BearerToken token = BearerToken.create();
        store.tokens().add(new NewToken(token.secret(), Principal.LOCAL, "", Set.of("read"), null, null));
        store.sessions().create(Principal.LOCAL, NewSession.titled("<img src=http://127.0.0.1:9/?x> \u202E"));
        try (Gateway gateway = gateway(new TokenCallers(store.tokens()));
                Chromium browser = new Chromium(folder)) {
            String url = gateway.url().toString();
            browser.open(url + "/#gatewayUrl=ws://127.0.0.1:9");
            browser.await("document.getElementById('signin') && !document.getElementById('signin').hidden");
            assertThat(browser.value("location.hash").asString("?")).isEmpty();

            browser.open("about:blank");
            browser.open(url + "/#c=" + code(url, token));
            browser.await("document.querySelectorAll('#sessions tr').length === 1");
            assertThat(browser.value("location.href").stringValue()).isEqualTo(url + "/");
            assertThat(browser.value("document.querySelector('#sessions td').textContent")
                            .stringValue())
                    .isEqualTo("<img src=http://127.0.0.1:9/?x> \u27E8U+202E\u27E9");
            assertThat(browser.value("document.images.length").asInt()).isZero();

            runtime.createSession(NewSession.titled("Made meanwhile"));
            browser.await("document.body.textContent.includes('Made meanwhile')");
            Path target = Files.createDirectories(Path.of("target"));
            browser.screenshot(target.resolve("page.png"));

            store.tokens().revoke(token.secret().id());
            browser.await("!document.getElementById('signin').hidden");
            assertThat(browser.value("sessionStorage.length").asInt()).isZero();
        }
    }

    private static String code(String url, BearerToken token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/web/codes"))
                .header("Authorization", "Bearer " + token.reveal())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return Json.MAPPER
                    .readTree(http.send(request, BodyHandlers.ofString()).body())
                    .path("code")
                    .stringValue();
        }
    }

    @Test // E7, P8: even where no token is asked for
    void aPageOfAnotherOriginReachesNothing() throws Exception {
        HttpServer hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Gateway gateway = gateway(Callers.ANYBODY);
                Chromium browser = new Chromium(folder)) {
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                byte[] page = HOSTILE.replace("GATEWAY", "http://" + host + ":" + gateway.port())
                        .getBytes(StandardCharsets.UTF_8);
                hostile.createContext("/" + host, exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
            }
            hostile.start();
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                browser.open("http://localhost:" + hostile.getAddress().getPort() + "/" + host);
                browser.await("typeof attack === 'function' && document.readyState === 'complete'");

                JsonNode reached = browser.value("attack()");

                assertThat(reached.toString())
                        .isEqualTo("{\"health\":\"failed\",\"json\":\"failed\",\"plain\":\"failed\","
                                + "\"socket\":\"failed\",\"image\":\"failed\",\"script\":\"failed\","
                                + "\"worker\":\"failed\"}");
                for (JsonNode frame : browser.frames().path("childFrames")) {
                    assertThat(frame.at("/frame/url").asString("")).doesNotMatch("http://" + host + ":[0-9]+/");
                }
                assertThat(sessions()).isZero();
            }
        } finally {
            hostile.stop(0);
        }
    }
}
