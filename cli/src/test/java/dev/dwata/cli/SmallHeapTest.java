package dev.dwata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.remote.RemoteRuntime;
import dev.dwata.agent.store.Attachment;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attachments are streamed: together they are larger than the gateway's heap.
@Timeout(120)
class SmallHeapTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aGatewayTakesAndGivesMoreThanItsHeapHolds() throws Exception {
        Dwata dwata = new Dwata(folder).with("JDK_JAVA_OPTIONS", "-Xmx64m");
        try (Running gateway = dwata.start("gateway", "--port", "0", "--json", "--auth", "none");
                ExecutorService threads = Executors.newFixedThreadPool(5)) {
            String url = Json.MAPPER
                    .readTree(gateway.awaitOut(out -> out.endsWith("\n")))
                    .path("url")
                    .asString();
            try (RemoteRuntime runtime = RemoteRuntime.connect(dwata.address(url, ClientType.RUNTIME))) {
                List<Future<Attachment>> uploads = new ArrayList<>();
                for (char letter = 'a'; letter < 'f'; letter++) {
                    byte[] mebibyte = Character.toString(letter).repeat(MIB).getBytes(StandardCharsets.US_ASCII);
                    uploads.add(threads.submit(() -> runtime.attach(twenty(mebibyte), "text/plain", "letters.txt")));
                }
                for (Future<Attachment> upload : uploads) {
                    Attachment stored = upload.get();
                    assertThat(stored.size()).isEqualTo(20L * MIB);
                    URI file = URI.create(url + "/api/v1/attachments/" + stored.id());
                    try (InputStream in = file.toURL().openStream()) {
                        assertThat(in.transferTo(OutputStream.nullOutputStream()))
                                .isEqualTo(20L * MIB);
                    }
                }
            }
            assertThat(Files.isDirectory(dwata.home.resolve("attachments"))).isTrue();
        }
    }

    private static InputStream twenty(byte[] mebibyte) {
        return new SequenceInputStream(Collections.enumeration(Collections.nCopies(20, mebibyte).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
    }
}
