package dev.dwata.agent.tool.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SearchFilesTest {
    /// Takes exponential time, whatever the JDK remembers of it.
    private static final String CATASTROPHE = "(.*a){25}\\1$";

    @TempDir
    Path root;

    private ToolCalls tools;

    @BeforeEach
    void open() {
        tools = ToolCalls.of(FileTools.in(Workspace.at(root)));
    }

    @Test
    void findsLinesInOrderTheNearestFilesFirst() throws IOException {
        file("z.txt", "one\r\nTwo one\nthree");
        file("a/b.txt", "\n\none");
        file("a.txt", "nothing");

        assertThat(tools.call("filesystem.search", Map.of("query", "one"))).isEqualTo(json("""
                {"success":true,"query":"one","path":".","lines":[
                  {"path":"z.txt","line":1,"text":"one"},
                  {"path":"z.txt","line":2,"text":"Two one"},
                  {"path":"a/b.txt","line":3,"text":"one"}],"files":3,"truncated":false}"""));
        assertThat(lines(Map.of("query", "one", "path", "a"))).containsExactly("a/b.txt:3");
        assertThat(lines(Map.of("query", "one", "path", "z.txt"))).containsExactly("z.txt:1", "z.txt:2");
        assertThat(lines(Map.of("query", "one", "pattern", "b.*"))).containsExactly("a/b.txt:3");
        assertThat(lines(Map.of("query", "(?i)^two|e{2}$", "regex", true))).containsExactly("z.txt:2", "z.txt:3");
        assertThat(lines(Map.of("query", "o.e"))).isEmpty();
    }

    @Test
    void skipsWhatIsNoText() throws IOException {
        Files.write(root.resolve("binary"), "one\0".getBytes(StandardCharsets.UTF_8));
        file(".env", "one");
        file("id_rsa", "one");

        assertThat(lines(Map.of("query", "one"))).isEmpty();
        assertThat(lines(Map.of("query", "one", "path", ".env"))).containsExactly(".env:1");
    }

    /// H5
    @Test
    void cutsALongLineBetweenCodePoints() throws IOException {
        for (String before : List.of("", "x", "xy", "xyz")) {
            file("long", before + "😀".repeat(300) + "here" + "😀".repeat(300));

            String text = tools.call("filesystem.search", Map.of("query", "here"))
                    .get("lines")
                    .get(0)
                    .get("text")
                    .stringValue();

            assertThat(text).contains("here").startsWith("…😀").endsWith("😀…");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
        }
    }

    @Test
    void stopsAtTwoHundredLines() throws IOException {
        file("many", "x\n".repeat(201));

        JsonNode result = tools.call("filesystem.search", Map.of("query", "x"));

        assertThat(result.get("lines")).hasSize(200);
        assertThat(result.get("truncated").booleanValue()).isTrue();
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        assertThat(error("(a")).startsWith("'query' is not a regular expression: Unclosed group");
        assertThat(error("")).isEqualTo("'query' must have 1 to 1000 characters");
        assertThat(error("(?:){2000000000}")).contains("a count may be at most 1000");
        assertThat(error("(((?:){1000}){1000}){1000}")).contains("multiplied 1000000");
        assertThat(error("a{99999999999999999999}")).contains("a count may be at most 1000");
    }

    /// I13
    @Test
    @Timeout(60)
    void givesUpOnACatastrophicExpression() throws IOException {
        file("evil", "a".repeat(5000) + "!");
        Tool search = new SearchFiles(Workspace.at(root), Duration.ofMillis(200)).tool();

        JsonNode result =
                ToolCalls.of(List.of(search)).call("filesystem.search", Map.of("query", CATASTROPHE, "regex", true));

        assertThat(result.get("stopped").stringValue()).isEqualTo("the time for one search is over");
        assertThat(result.get("truncated").booleanValue()).isTrue();
    }

    /// I13
    @Test
    @Timeout(60)
    void isCancelledInTheMiddleOfACatastrophe() throws Exception {
        file("evil", "a".repeat(5000) + "!");
        Tool search = new SearchFiles(Workspace.at(root), Duration.ofHours(1)).tool();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                ToolCalls.of(List.of(search)).call("filesystem.search", Map.of("query", CATASTROPHE, "regex", true));
            } catch (Throwable e) {
                failure.complete(e);
            }
        });

        while (Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("find"))
                && !failure.isDone()) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        thread.interrupt();

        Throwable told = failure.get(30, TimeUnit.SECONDS);
        assertThat(told).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    /// I13
    @Test
    void aTextIsWatchedWhileItIsLookedAt() {
        WatchedText text = new WatchedText("x".repeat(100), new Patience(Duration.ZERO.minusSeconds(1)));

        assertThatThrownBy(() -> text.chars().sum()).isInstanceOf(Needle.Stopped.class);
    }

    /// I13: a walk ends when its time is over, however large the tree.
    @Test
    void aTreeIsNotWalkedForLongerThanAllowed() throws Exception {
        file("a", "x");
        Tool search = new SearchFiles(Workspace.at(root), Duration.ofSeconds(-1)).tool();

        JsonNode result = ToolCalls.of(List.of(search)).call("filesystem.search", Map.of("query", "x"));

        assertThat(result.get("lines")).isEmpty();
        assertThat(result.get("truncated").booleanValue()).isTrue();
    }

    private String error(String regex) {
        return tools.error("filesystem.search", Map.of("query", regex, "regex", true));
    }

    private List<String> lines(Map<String, ?> arguments) {
        List<String> lines = new ArrayList<>();
        tools.call("filesystem.search", arguments)
                .get("lines")
                .forEach(line -> lines.add(
                        line.get("path").stringValue() + ":" + line.get("line").intValue()));
        return lines;
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
