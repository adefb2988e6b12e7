package dev.dwata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.gateway.auth.Callers;
import dev.dwata.gateway.auth.TokenCallers;
import dev.dwata.gateway.http.PemFiles;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P9, F2: a gateway that other machines can reach asks who they are, and encrypts, or does not start.
class ExposureTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final InMemoryStore store = new InMemoryStore();
    private final Models models = new ScriptedModel().asModels();
    private LocalRuntime runtime;

    @BeforeEach
    void open() {
        runtime = AgentRuntime.builder().models(models).store(store).build();
    }

    @AfterEach
    void close() {
        runtime.close();
        store.close();
    }

    private Gateway start(String host, Callers callers, Exposure exposure) {
        return Gateway.start(
                GatewayConfig.of("0.1.1")
                        .withHost(host)
                        .withPort(0)
                        .withCallers(callers)
                        .withExposure(exposure),
                runtime,
                store,
                models);
    }

    @Test
    void isNotOpenToOthersByAccident() {
        Exposure insecure = new Exposure(List.of(), null, true);
        for (String host : List.of("0.0.0.0", "::")) {
            assertThatThrownBy(() -> start(host, Callers.ANYBODY, insecure))
                    .isInstanceOfSatisfying(
                            GatewayStartException.class,
                            e -> assertThat(e.reason()).isEqualTo(GatewayStartException.Reason.CONFIGURATION))
                    .hasMessageContaining("--auth token");
            assertThatThrownBy(() -> start(host, new TokenCallers(store.tokens()), Exposure.NONE))
                    .hasMessageContainingAll("--tls-cert", "--insecure-remote");
        }
    }

    @Test // E3
    void isReachedByTheNamesItWasGivenAndNoOthers() {
        Exposure exposure = new Exposure(List.of("Build.example.com"), null, true);
        try (Gateway gateway = start("0.0.0.0", new TokenCallers(store.tokens()), exposure)) {
            assertThat(gateway.isExposed()).isTrue();
            assertThat(gateway.url()).hasToString("http://Build.example.com:" + gateway.port());
            assertThat(health(gateway, "build.example.com:" + gateway.port())).isEqualTo(200);
            assertThat(health(gateway, "127.0.0.1:" + gateway.port())).isEqualTo(200);
            for (String host :
                    List.of("0.0.0.0:PORT", "evil.com:PORT", "build.example.com", "build.example.com.:PORT")) {
                assertThat(health(gateway, host.replace("PORT", String.valueOf(gateway.port()))))
                        .as(host)
                        .isEqualTo(421);
            }
        }
    }

    private static int health(Gateway gateway, String host) {
        try (RawSocket socket = new RawSocket(gateway.port())) {
            return RawSocket.status(socket.request(List.of("GET /health HTTP/1.1", "Host: " + host)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://x", "x:80", "a b", "x/y", "-x", "::1"})
    void takesNamesOnly(String name) {
        assertThatThrownBy(() -> new Exposure(List.of(name), null, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void encryptsWithTheKeyItIsGiven(String algorithm) throws Exception {
        KeyStore keys = keys(algorithm);
        Path key = pem("PRIVATE KEY", keys.getKey("gateway", PASSWORD).getEncoded());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("gateway").getEncoded());
        Exposure exposure = new Exposure(List.of("localhost"), PemFiles.read(certificate, key), false);
        try (Gateway gateway = start("127.0.0.1", new TokenCallers(store.tokens()), exposure);
                HttpClient http =
                        HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
            assertThat(gateway.url()).hasToString("https://localhost:" + gateway.port());
            assertThat(gateway.webSocketUrl()).hasToString("wss://localhost:" + gateway.port() + "/ws");
            assertThat(status(http, gateway.url() + "/health")).isEqualTo(200);
            assertThat(status(http, gateway.url() + "/api/v1/models")).isEqualTo(401);
        }
    }

    private static int status(HttpClient http, String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void saysWhichFileCannotBeUsedAndWhy() throws Exception {
        KeyStore keys = keys("EC");
        Path key = pem("PRIVATE KEY", keys.getKey("gateway", PASSWORD).getEncoded());
        Path old = pem("EC PRIVATE KEY", new byte[] {1, 2, 3});
        Path nonsense = pem("PRIVATE KEY", new byte[] {1, 2, 3});
        Path certificate = pem("CERTIFICATE", keys.getCertificate("gateway").getEncoded());

        assertThatThrownBy(() -> PemFiles.read(certificate, folder.resolve("missing")))
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> PemFiles.read(certificate, old)).hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> PemFiles.read(certificate, nonsense)).hasMessageContaining(nonsense.toString());
        assertThatThrownBy(() -> PemFiles.read(key, key)).hasMessageContaining("certificate");
    }

    private KeyStore keys(String algorithm) throws Exception {
        Path file = folder.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        byte[] said = keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor())
                .as(new String(said, StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Path pem(String kind, byte[] bytes) throws Exception {
        Path file = Files.createTempFile(folder, "pem", ".pem");
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
