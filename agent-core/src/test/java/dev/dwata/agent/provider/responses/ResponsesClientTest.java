package dev.dwata.agent.provider.responses;

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
import dev.dwata.types.ErrorCode;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ResponsesClientTest extends ModelClientContract {
    private final ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);

    @Override
    protected ModelClient client(String url) {
        return new ResponsesClient(new Endpoint("openai", url + "/v1", new ApiKey("sk-test-0123456789")), http);
    }

    @Override
    protected String folder() {
        return "responses";
    }

    @Override
    protected String callId(String recording, int number) {
        return recording.equals("one-tool") ? "call_Vaj6kYf8" : "call_" + (char) ('A' + number);
    }

    @Override
    protected List<String> callIds(JsonNode sent) {
        return each(sent.path("input"), "function_call", "call_id");
    }

    @Override
    protected List<String> resultIds(JsonNode sent) {
        return each(sent.path("input"), "function_call_output", "call_id");
    }

    @Override
    protected String signature() {
        return "openai:rs_1:gAAAAABo4cDZ";
    }

    @Override
    protected int endOfContent(byte[] recording) {
        return new String(recording, StandardCharsets.ISO_8859_1).indexOf("event: response.completed");
    }

    @Test
    void sendsTheKeyIfThereIsOneToTheResponsesOfTheBaseUrl() {
        server.streams(recording("text")).streams(recording("text"));
        Asked.of(client());
        Asked.of(new ResponsesClient(new Endpoint("openai", server.url() + "/openai/v1/?api-version=2", null), http));
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /v1/responses HTTP/1.1");
            assertThat(request.headers()).containsEntry("authorization", "Bearer sk-test-0123456789");
        });
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /openai/v1/responses?api-version=2 HTTP/1.1");
            assertThat(request.headers()).doesNotContainKey("authorization");
        });
    }

    /// And skips the items of other tools.
    @Test
    void readsItemsThatComeWhole() {
        Asked asked = replay("whole-items");
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("Both."));
        assertThat(asked.reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning("", "openai:rs_1:enc1"),
                                new Part.Text("Both."),
                                call("call_1", "{\"path\":\"a.txt\"}"),
                                call("call_2", "{\"path\":\"b.txt\"}")),
                        new TokenUsage(50, 20, 10, null, 30),
                        StopReason.TOOL_USE));
    }

    /// Thoughts of the turn under way that led to something, in their places, and nobody else's.
    @Test
    void sendsBackWhatItThoughtBeforeItCalled() {
        ModelReply thought = replay("whole-items").reply();
        server.request();
        server.streams(recording("text"));
        Message mixed = new Message(
                Role.ASSISTANT,
                List.of(
                        new Part.Reasoning("Another's.", "c2ln"),
                        new Part.Reasoning("Short.", "openai:rs_2:enc2"),
                        new Part.Text("Then"),
                        new Part.Reasoning("In vain.", "openai:rs_3:enc3")));
        Asked.of(
                client(),
                conversation(
                        Message.user("One"),
                        thought.message(),
                        new Message(Role.TOOL, List.of(result("call_1"), result("call_2"))),
                        mixed));
        assertThat(sent().path("input")).isEqualTo(Json.MAPPER.readTree("""
                        [{"role":"user","content":[{"type":"input_text","text":"One"}]},
                         {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"enc1"},
                         {"role":"assistant","content":"Both."},
                         {"type":"function_call","call_id":"call_1","name":"filesystem__read",
                          "arguments":"{\\"path\\":\\"a.txt\\"}"},
                         {"type":"function_call","call_id":"call_2","name":"filesystem__read",
                          "arguments":"{\\"path\\":\\"b.txt\\"}"},
                         {"type":"function_call_output","call_id":"call_1","output":"{}"},
                         {"type":"function_call_output","call_id":"call_2","output":"{}"},
                         {"type":"reasoning","id":"rs_2","summary":[{"type":"summary_text","text":"Short."}],
                          "encrypted_content":"enc2"},
                         {"role":"assistant","content":"Then"}]
                        """));
        server.streams(recording("text"));
        Asked.of(client(), conversation(Message.user("One"), mixed, Message.user("Two")));
        assertThat(sent().toString()).doesNotContain("enc2");
    }

    @Test
    void passesARefusalOnAsText() {
        Asked asked = replay("refusal-text");
        assertThat(asked.deltas()).containsExactly(new ModelDelta.Text("I'm sorry,"), new ModelDelta.Text(" no."));
        assertThat(asked.reply().stopReason()).isEqualTo(StopReason.REFUSAL);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_prompt, MODEL_REJECTED",
        "context_length_exceeded, CONTEXT_OVERFLOW",
        "rate_limit_exceeded, MODEL_UNAVAILABLE",
        "insufficient_quota, MODEL_REJECTED",
        "server_error, MODEL_UNAVAILABLE"
    })
    void tellsWhyAResponseFailed(String word, ErrorCode code) {
        for (String event : List.of(
                "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"%s\",\"message\":\"Oh\"}}}",
                "{\"type\":\"error\",\"code\":\"%s\",\"message\":\"Oh\"}",
                "{\"type\":\"error\",\"error\":{\"code\":\"%s\",\"message\":\"Oh\"}}")) {
            server.streams(("data: " + event.formatted(word) + "\n\n").getBytes(StandardCharsets.UTF_8));
            assertThat(Asked.of(client()).error()).satisfies(error -> {
                assertThat(error.code()).isEqualTo(code);
                assertThat(error.message()).isEqualTo("openai reported an error: Oh");
            });
        }
    }

    @Test
    void sendsImagesAndDocumentsAlongOrByLinkAndTellsOfOthers() {
        server.streams(recording("text"));
        Message media = new Message(
                Role.USER,
                List.of(
                        new Part.Text("See"),
                        new Part.Image("data:image/png;base64,iVBORw0KGgo=", "image/png"),
                        new Part.Image("https://example.com/a.jpg", "image/jpeg"),
                        new Part.File("data:application/pdf;base64,JVBERi0=", "application/pdf", "plan.pdf"),
                        new Part.File("https://example.com/b.pdf", "application/pdf", "b.pdf"),
                        new Part.File("data:text/plain;base64,SGkh", "text/plain", "hi.txt"),
                        new Part.File("blob:43", "application/zip", "all.zip")));
        Asked.of(client(), conversation(media));
        assertThat(sent().at("/input/0/content")).isEqualTo(Json.MAPPER.readTree("""
                        [{"type":"input_text","text":"See"},
                         {"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo=","detail":"auto"},
                         {"type":"input_image","image_url":"https://example.com/a.jpg","detail":"auto"},
                         {"type":"input_file","filename":"plan.pdf","file_data":"data:application/pdf;base64,JVBERi0="},
                         {"type":"input_file","file_url":"https://example.com/b.pdf"},
                         {"type":"input_text","text":"[the file hi.txt, text/plain]\\nHi!"},
                         {"type":"input_text","text":"[the file all.zip, application/zip, which you cannot see]"}]
                        """));
    }

    /// The strict mode takes only some schemas.
    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void asksForAReplyThatFollowsASchema(boolean strict, boolean open) {
        String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"],"
                + "\"additionalProperties\":" + open + "}";
        server.streams(recording("text"));
        Asked.of(
                client(),
                new ModelRequest(
                        "gpt-4.1", null, List.of(Message.user("Go")), List.of(), null, Json.MAPPER.readTree(schema)));
        JsonNode sent = sent();
        assertThat(sent.path("text"))
                .isEqualTo(Json.MAPPER.readTree("{\"format\":{\"type\":\"json_schema\",\"name\":\"answer\",\"schema\":"
                        + schema + ",\"strict\":" + strict + "}}"));
        assertThat(sent.has("include")).isFalse();
    }

    private JsonNode sent() {
        return Json.MAPPER.readTree(server.request().body());
    }

    private static Part.ToolCall call(String id, String arguments) {
        return new Part.ToolCall(id, "filesystem.read", Json.MAPPER.readTree(arguments));
    }

    private static Part.ToolResult result(String id) {
        return new Part.ToolResult(id, "filesystem.read", true, Json.MAPPER.createObjectNode());
    }

    private static ModelRequest conversation(Message... messages) {
        return new ModelRequest("some-model", null, List.of(messages), List.of(), null);
    }
}
