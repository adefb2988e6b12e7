package dev.dwata.agent.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelClientContract;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.agent.testing.Asked;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenAiClientTest extends ModelClientContract {
    private final ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);

    @Override
    protected ModelClient client(String url) {
        return new OpenAiClient(new Endpoint("openai", url + "/v1", new ApiKey("sk-test-0123456789")), http);
    }

    @Override
    protected String folder() {
        return "openai";
    }

    @Override
    protected String callId(String recording, int number) {
        return recording.equals("one-tool") ? "call_Vaj6kYf8fH2XQ9oF1" : "call_" + (char) ('A' + number);
    }

    @Override
    protected List<String> callIds(JsonNode sent) {
        return each(sent.path("messages"), "function", "id");
    }

    @Override
    protected List<String> resultIds(JsonNode sent) {
        return sent.path("messages").findValues("tool_call_id").stream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Override
    protected String signature() {
        return null;
    }

    @Override
    protected int endOfContent(byte[] recording) {
        return new String(recording, StandardCharsets.ISO_8859_1).indexOf("data: {", lastDelta(recording) + 1);
    }

    /// The finish reason is in the chunk after the last delta.
    private static int lastDelta(byte[] recording) {
        String text = new String(recording, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf("data: {", text.indexOf("\"finish_reason\":\"") - 1) - 1;
    }

    @Test
    void sendsTheKeyIfThereIsOneToTheCompletionsOfTheBaseUrl() {
        server.streams(recording("text")).streams(recording("text"));
        Asked.of(client());
        Asked.of(new OpenAiClient(new Endpoint("openai", server.url() + "/openai/v1/?api-version=2", null), http));
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(request.headers()).containsEntry("authorization", "Bearer sk-test-0123456789");
        });
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /openai/v1/chat/completions?api-version=2 HTTP/1.1");
            assertThat(request.headers()).doesNotContainKey("authorization");
        });
    }

    @Test
    void readsGroq() {
        assertThat(replay("groq").reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning("Look first.", null),
                                call("fc_1", "filesystem.read", "{\"path\":\"a.txt\"}")),
                        new TokenUsage(140, 31, 0, null),
                        StopReason.TOOL_USE));
    }

    @Test
    void readsOllamaWhichNumbersEveryCallZero() {
        assertThat(replay("ollama").reply().parts())
                .containsExactly(
                        new Part.Reasoning("Two reads.", null),
                        call("call_u1", "filesystem.read", "{\"path\":\"a.txt\"}"),
                        call("call_u2", "filesystem.read", "{\"path\":\"b.txt\"}"));
    }

    @Test
    void readsOpenRouterWithItsPriceAndComments() {
        assertThat(replay("openrouter").reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning(
                                        "Hm.", "openrouter:[{\"type\":\"reasoning.text\",\"text\":\"Hm.\"}]"),
                                new Part.Text("Yes.")),
                        new TokenUsage(11, 4, 0, 0.00012),
                        StopReason.END_TURN));
    }

    @Test
    void readsTheStatusOfAnErrorOfOpenRouters() {
        assertThat(replay("openrouter-error").error())
                .isEqualTo(new AgentError.ModelUnavailable(
                        "openai reported an error: Provider disconnected unexpectedly", null));
    }

    @Test
    void readsVllmWhichSaysStopAfterCalls() {
        assertThat(replay("vllm").reply())
                .isEqualTo(new ModelReply(
                        List.of(call("chatcmpl-tool-5f", "filesystem.list", "{\"depth\":2}")),
                        new TokenUsage(88, 11, 0, null),
                        StopReason.TOOL_USE));
    }

    @Test
    void takesAFinishReasonAtACleanEndForTheEnd() {
        assertThat(replay("llamacpp-no-done").reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("Yes.")), new TokenUsage(9, 2, 0, null), StopReason.END_TURN));
    }

    /// G8: calls without index and id, whole or in pieces, one with its arguments as an object.
    @Test
    void givesCallsWithoutIdsIdsThatAreTheSameForTheSameRequest() {
        List<Part> parts = replay("no-index-no-id").reply().parts();
        assertThat(replay("no-index-no-id").reply().parts()).isEqualTo(parts);
        List<Part.ToolCall> calls = new Message(Role.ASSISTANT, parts).toolCalls();
        assertThat(calls).extracting(Part.ToolCall::id).doesNotHaveDuplicates().allMatch(id -> id.startsWith("call_"));
        assertThat(calls)
                .extracting(call -> call.name() + call.arguments())
                .containsExactly(
                        "filesystem.read{\"path\":\"a.txt\"}",
                        "filesystem.read{\"path\":\"b.txt\"}",
                        "filesystem.list{}");
    }

    /// G8: an id that an earlier call of the conversation has.
    @Test
    void givesACallAnotherIdIfItsOwnIsTaken() {
        Message before = new Message(
                Role.ASSISTANT, List.of(new Part.ToolCall("call_A", "a.b", Json.MAPPER.createObjectNode())));
        server.streams(recording("parallel-tools"));
        Asked asked = Asked.of(client(), conversation(Message.user("Go"), before));
        List<String> ids = asked.reply().message().toolCalls().stream()
                .map(Part.ToolCall::id)
                .toList();
        assertThat(ids.getFirst()).isNotEqualTo("call_A").startsWith("call_");
        assertThat(ids.getLast()).isEqualTo("call_B");
    }

    /// G10.
    @Test
    void readsOddShapes() {
        assertThat(replay("odd-shapes").reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("Yes.")), new TokenUsage(7, 0, 0, null), StopReason.END_TURN));
    }

    @Test
    void passesARefusalOnAsText() {
        Asked asked = replay("refusal-text");
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("I'm sorry,"), new ModelDelta.Text(" no."));
        assertThat(asked.reply().stopReason()).isEqualTo(StopReason.REFUSAL);
    }

    @Test
    void mendsBytesThatAreNotUtf8() {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\u00ffb\"},\"finish_reason\":\"stop\"}]}\n\n";
        server.streams(chunk.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Asked.of(client()).reply().parts()).containsExactly(new Part.Text("a\uFFFDb"));
    }

    @Test
    void mergesMessagesOfTheUserAndShortensIds() {
        String longId = "c".repeat(50);
        server.streams(recording("text"));
        Asked.of(
                client(),
                conversation(
                        Message.user("One"),
                        Message.user("Two"),
                        new Message(Role.ASSISTANT, List.of(new Part.Reasoning("Hm.", null))),
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.ToolCall(longId, "a.b", Json.MAPPER.createObjectNode()))),
                        new Message(
                                Role.TOOL,
                                List.of(new Part.ToolResult(longId, "a.b", true, Json.MAPPER.createObjectNode())))));
        JsonNode sent = Json.MAPPER.readTree(server.request().body());
        String id = sent.at("/messages/1/tool_calls/0/id").stringValue();
        assertThat(id).matches("call_[0-9a-f]{24}");
        assertThat(sent.at("/messages")).isEqualTo(Json.MAPPER.readTree("""
                        [{"role":"user","content":"One\\n\\nTwo"},
                         {"role":"assistant","content":null,"tool_calls":[
                           {"id":"ID","type":"function","function":{"name":"a__b","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"ID","content":"{}"}]
                        """.replace("ID", id)));
    }

    @Test
    void sendsImagesAsPartsOfTheMessage() {
        server.streams(recording("text"));
        Message images = new Message(
                Role.USER,
                List.of(
                        new Part.Text("See"),
                        new Part.Image("data:image/png;base64,iVBORw0KGgo=", "image/png"),
                        new Part.Image("file:///a.png", "image/png")));
        Asked.of(client(), conversation(images));
        assertThat(Json.MAPPER.readTree(server.request().body()).at("/messages/0/content"))
                .isEqualTo(Json.MAPPER.readTree("""
                        [{"type":"text","text":"See"},
                         {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
                         {"type":"text","text":"[an image, image/png, which you cannot see]"}]
                        """));
    }

    private static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, Json.MAPPER.readTree(arguments));
    }

    private static ModelRequest conversation(Message... messages) {
        return new ModelRequest("some-model", null, List.of(messages), List.of(), null);
    }
}
