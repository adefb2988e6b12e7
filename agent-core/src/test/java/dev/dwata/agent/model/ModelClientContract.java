package dev.dwata.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.ErrorCode;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What every provider's client does with what its server sends. A subclass names the client and has, in its
/// folder of resources, the same replies in its provider's format.
public abstract class ModelClientContract {
    protected final WireServer server = new WireServer();

    /// A client of a server that speaks the provider's protocol.
    protected abstract ModelClient client(String url);

    /// The folder of recordings below `dev/dwata/agent/provider`.
    protected abstract String folder();

    /// The provider's id of a call in the recordings, by its number.
    protected abstract String callId(String recording, int number);

    /// The ids of calls in the body of a request, in order.
    protected abstract List<String> callIds(JsonNode sent);

    /// The ids that results name in the body of a request, in order.
    protected abstract List<String> resultIds(JsonNode sent);

    /// What thinking is signed with in the recording `reasoning`; absent where the provider signs nothing.
    protected abstract String signature();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void saysTextAsItComes() {
        Asked asked = replay("text");
        assertThat(asked.deltas())
                .containsExactly(
                        new ModelDelta.Text("There are"),
                        new ModelDelta.Text(" three files:"),
                        new ModelDelta.Text(" a, b and c."));
        assertThat(asked.reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("There are three files: a, b and c.")),
                        new TokenUsage(25, 15, 0, null),
                        StopReason.END_TURN));
    }

    @Test
    void tellsThinkingFromText() {
        Asked asked = replay("reasoning");
        assertThat(asked.deltas())
                .containsExactly(
                        new ModelDelta.Reasoning("The user greets."),
                        new ModelDelta.Reasoning(" I greet back."),
                        new ModelDelta.Text("Hello"),
                        new ModelDelta.Text("!"));
        assertThat(asked.reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning("The user greets. I greet back.", signature()),
                                new Part.Text("Hello!")),
                        new TokenUsage(132, 42, 100, null),
                        StopReason.END_TURN));
    }

    @Test
    void putsTheArgumentsOfACallTogether() {
        Asked asked = replay("one-tool");
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("I will look."));
        assertThat(asked.reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Text("I will look."),
                                call("one-tool", 0, "filesystem.read", "{\"path\":\"notes/büro.txt\",\"limit\":10}")),
                        new TokenUsage(25, 89, 0, null),
                        StopReason.TOOL_USE));
    }

    @Test
    void keepsParallelCallsApartAndTakesNoArgumentsAsAnEmptyObject() {
        assertThat(replay("parallel-tools").reply().parts())
                .containsExactly(
                        call("parallel-tools", 0, "filesystem.list", "{}"),
                        call("parallel-tools", 1, "filesystem.read", "{\"path\":\"a.txt\"}"));
    }

    @Test
    void joinsCharactersThatTheWireTookApart() {
        assertThat(replay("unicode").reply().parts())
                .containsExactly(new Part.Text("naïve café — 日本語 🎉 👍 \"quoted\"\n\ttab \\ é\u2028 🚀 end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "reasoning", "one-tool", "parallel-tools", "unicode", "cut-by-limit"})
    void repliesTheSameHoweverTheBytesAreSplitAndLinesAreEnded(String recording) {
        ModelReply whole = replay(recording).reply();
        String text = new String(recording(recording), StandardCharsets.UTF_8);
        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            byte[] bytes = ("\uFEFF" + text.replace("\n", lineEnd)).getBytes(StandardCharsets.UTF_8);
            server.answer((request, wire) -> wire.stream().chunkEach(bytes).end());
            assertThat(Asked.of(client()).reply()).isEqualTo(whole);
        }
    }

    @Test
    void countsNothingWhereTheServerDoesNot() {
        assertThat(replay("no-usage").reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("There are three files: a, b and c.")),
                        TokenUsage.ZERO,
                        StopReason.END_TURN));
    }

    @Test
    void tellsThatTheLimitOfTokensWasMet() {
        assertThat(replay("cut-by-limit").reply().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void givesArgumentsThatAreNoJsonAsText() {
        assertThat(replay("refused-arguments").reply().parts())
                .containsExactly(new Part.ToolCall(
                        callId("refused-arguments", 0),
                        "filesystem.read",
                        Json.MAPPER.getNodeFactory().stringNode("{\"path\": \"a.t")));
    }

    @Test
    void leavesOutTheCallsOfARefusedAnswer() {
        assertThat(replay("refusal").reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("I cannot")), new TokenUsage(25, 4, 0, null), StopReason.REFUSAL));
    }

    @Test
    void isUnavailableIfAnErrorComesInPlaceOfAnAnswer() {
        Asked asked = replay("error-first");
        assertThat(asked.error()).isInstanceOf(AgentError.ModelUnavailable.class);
        assertThat(asked.deltas()).isEmpty();
    }

    @Test
    void isIncompleteIfAnErrorComesAfterSomeOfTheAnswer() {
        Asked asked = replay("error-late");
        assertThat(asked.error()).isInstanceOf(AgentError.StreamIncomplete.class);
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("There are"));
    }

    @ParameterizedTest
    @CsvSource({
        "unauthorized, MODEL_REJECTED", "limited, MODEL_UNAVAILABLE",
        "failed, MODEL_UNAVAILABLE", "too-long, CONTEXT_OVERFLOW"
    })
    void tellsErrorsApartAndWhenToAskAgain(String recording, ErrorCode code) {
        AgentError error = refusal(recording).error();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error instanceof AgentError.ModelUnavailable busy ? busy.retryAfter() : null)
                .isEqualTo(recording.equals("limited") ? Duration.ofSeconds(7) : null);
    }

    /// G15, F6: an error that quotes the key.
    @Test
    void neverShowsTheKeyThatAnErrorQuotes() {
        Asked asked = refusal("unauthorized");
        assertThat(asked.error().message()).contains("[key]").doesNotContain("0123456789");
        assertThat(server.request().headers().values()).anyMatch(value -> value.contains("0123456789"));
    }

    /// The whole of a conversation with two calls in one reply: ask, call, answer, answer.
    @Test
    void carriesAConversationWithParallelCallsThrough() {
        JsonNode sent = answerCalls("parallel-tools");
        assertThat(callIds(sent)).containsExactly(callId("parallel-tools", 0), callId("parallel-tools", 1));
        assertThat(resultIds(sent)).isEqualTo(callIds(sent));
    }

    /// G8: ids used twice, empty, and of characters that not every server takes.
    @Test
    void givesEachCallAnIdOfItsOwnThatItsResultNames() {
        JsonNode sent = answerCalls("odd-ids");
        assertThat(callIds(sent)).doesNotHaveDuplicates().contains("dup").allMatch(id -> id.matches("[\\x21-\\x7e]+"));
        assertThat(resultIds(sent)).isEqualTo(callIds(sent));
    }

    /// Cut with the connection in good order, as 0.18 of a client that trusts an end of the body.
    @ParameterizedTest
    @ValueSource(strings = {"text", "one-tool"})
    void neverTakesAStreamThatEndsEarlyForAReply(String recording) {
        byte[] bytes = recording(recording);
        int whole = endOfContent(bytes);
        for (int length = 0; length < whole; length += 41) {
            byte[] cut = Arrays.copyOf(bytes, length);
            server.answer((request, wire) -> wire.streamUntilClose().bytes(cut).finish());
            assertCut(Asked.of(client()));
        }
    }

    @ParameterizedTest
    @CsvSource({"text, 2", "text, 1", "one-tool, 2", "one-tool, 1"})
    void neverTakesAStreamThatBreaksForAReply(String recording, int part) {
        byte[] cut = Arrays.copyOf(recording(recording), endOfContent(recording(recording)) / part);
        server.answer((request, wire) -> wire.stream().chunk(cut).finish());
        assertCut(Asked.of(client()));
        server.answer((request, wire) -> wire.stream().chunk(cut).reset());
        assertCut(Asked.of(client()));
        server.answer(
                (request, wire) -> wire.stream().chunk(cut).text("zzz\r\n").finish());
        assertCut(Asked.of(client()));
    }

    /// In the middle of a text, and in the middle of the arguments of a call.
    @ParameterizedTest
    @CsvSource({"text, There are", "one-tool, I will look."})
    void closesTheConnectionAndThrowsWhenInterruptedInTheMiddleOfAnAnswer(String recording, String first) {
        byte[] start = Arrays.copyOf(recording(recording), endOfContent(recording(recording)));
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        server.answer(
                (request, wire) -> closed.complete(wire.stream().chunk(start).peerCloses(5_000)));
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        CompletableFuture<ModelDelta> said = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                client().stream(Asked.hello(), said::complete);
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        assertThat(said).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(new ModelDelta.Text(first));
        thread.interrupt();
        assertThat(closed).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(outcome).succeedsWithin(1, TimeUnit.SECONDS).isInstanceOf(InterruptedException.class);
    }

    @Test
    void asksAsTheProviderWantsItInTheSecondTurnOfAConversationWithTools() {
        server.streams(recording("text"));
        Asked.of(client(), secondTurn());
        WireServer.Request request = server.request();
        assertThat(request.headers().get("content-type")).isEqualTo("application/json");
        assertThat(request.headers().get("accept")).isEqualTo("text/event-stream");
        assertThat(request.headers().get("user-agent")).startsWith("dwata/");
        assertThat(Json.MAPPER.readTree(request.body()))
                .usingRecursiveComparison(
                        RecursiveComparisonConfiguration.builder().build())
                .isEqualTo(Json.MAPPER.readTree(resource("second-turn.json")));
    }

    /// H5.
    @Test
    void mendsBrokenUnicodeBeforeItIsSent() {
        ObjectNode broken = Json.MAPPER.createObjectNode().put("k\uD83D", "\uDC4D \0");
        server.streams(recording("text"));
        Asked.of(
                client(),
                new ModelRequest(
                        "m\0",
                        "half \uD83D",
                        List.of(
                                Message.user("\uDC4D and \0, but \uD83D\uDC4D"),
                                new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "a.b", broken))),
                                new Message(Role.TOOL, List.of(new Part.ToolResult("c1", "a.b", true, broken)))),
                        List.of(),
                        null));
        String body = server.request().body();
        assertThat(body)
                .contains("half \uFFFD\"", "\"\uFFFD and \uFFFD, but \uD83D\uDC4D\"", "k\uFFFD", "\uFFFD \uFFFD");
        assertThat(body).doesNotContainIgnoringCase("\\ud83d").doesNotContain("\\u0000", "?");
    }

    /// Answers every call of a recording, and is then told `text`.
    ///
    /// @return the second request
    private JsonNode answerCalls(String recording) {
        Message asks = replay(recording).reply().message();
        server.request();
        List<Part> results = new ArrayList<>();
        for (Part.ToolCall call : asks.toolCalls()) {
            ObjectNode result = Json.MAPPER.createObjectNode().put("success", true);
            results.add(new Part.ToolResult(call.id(), call.name(), true, result.set("is", call.arguments())));
        }
        assertThat(asks.toolCalls()).extracting(Part.ToolCall::id).doesNotHaveDuplicates();
        List<Message> messages = List.of(Message.user("Go"), asks, new Message(Role.TOOL, results));
        server.streams(recording("text"));
        Asked answered = Asked.of(client(), Asked.hello().withMessages(messages));
        assertThat(answered.reply().message()).isEqualTo(Message.assistant("There are three files: a, b and c."));
        return Json.MAPPER.readTree(server.request().body());
    }

    /// The error `name` of the provider's `errors.json`, in which `KEY` stands for the key.
    private Asked refusal(String name) {
        JsonNode error = Json.MAPPER.readTree(resource("errors.json")).path(name);
        server.answer((request, wire) -> {
            Matcher key = Pattern.compile("\\S*0123456789")
                    .matcher(request.headers().toString().replace("}", " ").replace("=", " "));
            String body = error.path("body").toString().replace("KEY", key.find() ? key.group() : "no key");
            String headers = error.path("headers").asString("");
            wire.whole(error.path("status").intValue(), headers + "Content-Type: application/json\r\n", body);
        });
        return Asked.of(client());
    }

    protected final ModelClient client() {
        return client(server.url());
    }

    protected final Asked replay(String recording) {
        server.streams(recording(recording));
        return Asked.of(client());
    }

    protected final byte[] recording(String name) {
        return resource(name + ".sse");
    }

    /// The texts in `field` of all objects in `tree` of which `type` is the value of `type`, in order.
    protected static List<String> each(JsonNode tree, String type, String field) {
        List<String> found = new ArrayList<>();
        if (tree.path("type").asString("").equals(type)) {
            found.add(tree.path(field).stringValue());
        }
        tree.forEach(child -> found.addAll(each(child, type, field)));
        return found;
    }

    protected final byte[] resource(String name) {
        String path = "/dev/dwata/agent/provider/" + folder() + "/" + name;
        try (InputStream in = ModelClientContract.class.getResourceAsStream(path)) {
            return in == null ? fail("no resource " + path) : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Part.ToolCall call(String recording, int number, String name, String arguments) {
        return new Part.ToolCall(callId(recording, number), name, Json.MAPPER.readTree(arguments));
    }

    /// Where the recording has said all but that it ends.
    protected abstract int endOfContent(byte[] recording);

    private static void assertCut(Asked asked) {
        AgentError error = asked.error();
        assertThat(error.retryable()).isTrue();
        if (error instanceof AgentError.ModelUnavailable) {
            assertThat(asked.deltas()).isEmpty();
        } else {
            assertThat(error).isInstanceOf(AgentError.StreamIncomplete.class);
        }
    }

    /// A finished turn, then one that waits for the model to see two results.
    private static ModelRequest secondTurn() {
        JsonNode parameters = Json.MAPPER.readTree("""
                {"type":"object","properties":{"path":{"type":"string"}},"required":["path"],"additionalProperties":false}
                """);
        ToolSpec read = new ToolSpec("filesystem.read", "Reads a file.", parameters, Effect.PURE, Approval.AUTO);
        return new ModelRequest(
                "some-model",
                "You are terse.",
                List.of(
                        Message.user("Hello"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.Reasoning("A greeting.", "c2ln"), new Part.Text("Hello."))),
                        Message.user("What do a.txt and b.txt say?"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Reasoning("Two files.", "c2lnMg=="),
                                        new Part.Text("I will read both."),
                                        new Part.ToolCall(
                                                "call_1",
                                                "filesystem.read",
                                                Json.MAPPER.readTree("{\"path\":\"a.txt\"}")),
                                        new Part.ToolCall(
                                                "call_2", "filesystem.read", Json.MAPPER.readTree("\"{\\\"pa\"")))),
                        new Message(
                                Role.TOOL,
                                List.of(
                                        new Part.ToolResult(
                                                "call_1",
                                                "filesystem.read",
                                                true,
                                                Json.MAPPER.readTree("{\"success\":true,\"content\":\"One.\"}")),
                                        new Part.ToolResult(
                                                "call_2",
                                                "filesystem.read",
                                                false,
                                                Json.MAPPER.readTree("{\"success\":false,\"error\":\"no JSON\"}"))))),
                List.of(read),
                1000);
    }
}
