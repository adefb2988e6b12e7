package dev.dwata.agent.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelClientContract;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.agent.testing.Asked;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AnthropicClientTest extends ModelClientContract {
    private final ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);

    @Override
    protected ModelClient client(String url) {
        return new AnthropicClient(new Endpoint("anthropic", url, new ApiKey("sk-ant-test-0123456789")), http);
    }

    @Override
    protected String folder() {
        return "anthropic";
    }

    @Override
    protected String callId(String recording, int number) {
        return recording.equals("one-tool") ? "toolu_01T1x1fJ34qAmk2tNTrN7Up6" : "toolu_01" + (char) ('A' + number);
    }

    @Override
    protected List<String> callIds(JsonNode sent) {
        return each(sent.path("messages"), "tool_use", "id");
    }

    @Override
    protected List<String> resultIds(JsonNode sent) {
        return each(sent.path("messages"), "tool_result", "tool_use_id");
    }

    @Override
    protected String signature() {
        return "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds=";
    }

    @Override
    protected int endOfContent(byte[] recording) {
        return new String(recording, StandardCharsets.ISO_8859_1).indexOf("event: message_stop");
    }

    @Test
    void sendsKeyAndVersionToTheMessagesOfTheBaseUrl() {
        server.streams(recording("text")).streams(recording("text"));
        Asked.of(client(server.url() + "/"));
        Asked.of(client(server.url() + "/proxy/v1/"));
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("x-api-key", "sk-ant-test-0123456789")
                    .containsEntry("anthropic-version", "2023-06-01")
                    .doesNotContainKey("authorization");
        });
        assertThat(server.request().line()).isEqualTo("POST /proxy/v1/messages HTTP/1.1");
    }

    @Test
    void countsWhatWasWrittenToTheCacheAsPartOfTheInput() {
        assertThat(replay("cache-write").reply().usage()).isEqualTo(new TokenUsage(825, 42, 100, null, 700));
    }

    @Test
    void keepsWithheldThinkingApartFromThinkingWithoutText() {
        ModelReply reply = replay("redacted").reply();
        assertThat(reply.parts())
                .containsExactly(
                        new Part.Reasoning("", "redacted_thinking:EmwKAhgBEgy3va3pzix/LafPsn4a"),
                        new Part.Reasoning("", "EosnCkYICxIMMb3LzNrMu"),
                        new Part.Text("Done."));

        server.request();
        server.streams(recording("text"));
        Asked.of(client(), conversation(Message.user("Go"), reply.message()));
        assertThat(sent().at("/messages/1/content")).isEqualTo(Json.MAPPER.readTree("""
                        [{"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix/LafPsn4a"},
                         {"type":"thinking","thinking":"","signature":"EosnCkYICxIMMb3LzNrMu"},
                         {"type":"text","text":"Done."}]
                        """));
    }

    @Test
    void skipsWhatItDoesNotKnow() {
        assertThat(replay("unknown-events").reply())
                .isEqualTo(new ModelReply(
                        List.of(new Part.Text("Still here.")), new TokenUsage(25, 15, 0, null), StopReason.END_TURN));
    }

    /// The errors that the API's documentation lists, each within a 200.
    @ParameterizedTest
    @CsvSource({
        "invalid_request_error, MODEL_REJECTED, 400",
        "authentication_error, MODEL_REJECTED, 401",
        "billing_error, MODEL_REJECTED, 402",
        "permission_error, MODEL_REJECTED, 403",
        "not_found_error, MODEL_REJECTED, 404",
        "request_too_large, MODEL_REJECTED, 413",
        "rate_limit_error, MODEL_UNAVAILABLE, 0",
        "api_error, MODEL_UNAVAILABLE, 0",
        "timeout_error, MODEL_UNAVAILABLE, 0",
        "overloaded_error, MODEL_UNAVAILABLE, 0",
        "something_new, MODEL_UNAVAILABLE, 0"
    })
    void tellsErrorsWithinTheStreamApart(String type, ErrorCode code, int status) {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"Oh\"}}".formatted(type);
        server.streams(("event: error\ndata: " + error + "\n\n").getBytes(StandardCharsets.UTF_8));
        AgentError told = Asked.of(client()).error();
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.message()).isEqualTo("anthropic reported an error: Oh");
        assertThat(told instanceof AgentError.ModelRejected rejected ? rejected.status() : 0)
                .isEqualTo(status);
    }

    @Test
    void overflowsIfTheContextIsFullBeforeAnythingIsSaid() {
        assertThat(replay("context-full").error()).isInstanceOf(AgentError.ContextOverflow.class);
    }

    @Test
    void takesArgumentsThatCameWhole() {
        assertThat(replay("whole-input").reply().parts())
                .containsExactly(call("whole-input", 0, "filesystem.read", "{\"path\":\"a.txt\"}"));
    }

    @Test
    void mergesMessagesOfOneSideWithResultsFirst() {
        server.streams(recording("text"));
        Message asks = new Message(
                Role.ASSISTANT,
                List.of(
                        new Part.Reasoning("Unsigned.", null),
                        new Part.Text(" "),
                        new Part.ToolCall("functions.ls:0", "a.b", Json.MAPPER.createObjectNode())));
        Message answers = new Message(
                Role.TOOL, List.of(new Part.ToolResult("functions.ls:0", "a.b", true, Json.MAPPER.createObjectNode())));
        Asked.of(
                client(),
                conversation(
                        Message.user("One"),
                        Message.user("Two"),
                        asks,
                        Message.user("Faster"),
                        answers,
                        new Message(Role.SYSTEM, List.of(new Part.Text("Be kind.")))));
        JsonNode sent = sent();
        String id = sent.at("/messages/1/content/0/id").stringValue();
        assertThat(id).matches("call_[0-9a-f]{24}");
        assertThat(sent.at("/system/0/text").stringValue()).isEqualTo("Be kind.");
        assertThat(sent.at("/messages")).isEqualTo(Json.MAPPER.readTree("""
                        [{"role":"user","content":[{"type":"text","text":"One"},
                                                   {"type":"text","text":"Two","cache_control":{"type":"ephemeral"}}]},
                         {"role":"assistant","content":[{"type":"tool_use","id":"ID","name":"a__b","input":{}}]},
                         {"role":"user","content":[{"type":"tool_result","tool_use_id":"ID","content":"{}"},
                                                   {"type":"text","text":"Faster","cache_control":{"type":"ephemeral"}}]}]
                        """.replace("ID", id)));
    }

    @Test
    void sendsImagesAndDocumentsAlongOrByLinkAndTellsOfOthers() {
        server.streams(recording("text"));
        Message media = new Message(
                Role.USER,
                List.of(
                        new Part.Image("data:image/png;base64,iVBORw0KGgo=", "image/png"),
                        new Part.Image("https://example.com/a.jpg", "image/jpeg"),
                        new Part.Image("blob:42", "image/webp"),
                        new Part.File("data:application/pdf;base64,JVBERi0=", "application/pdf", "plan.pdf"),
                        new Part.File("https://example.com/b.pdf", "application/pdf", "b.pdf"),
                        new Part.File("data:text/markdown;base64,SGkh", "text/markdown", "hi.md"),
                        new Part.File("blob:43", "application/pdf", "c.pdf"),
                        new Part.Text("See")));
        Asked.of(client(), conversation(media));
        assertThat(sent().at("/messages/0/content")).isEqualTo(Json.MAPPER.readTree("""
                        [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
                         {"type":"image","source":{"type":"url","url":"https://example.com/a.jpg"}},
                         {"type":"text","text":"[an image, image/webp, which you cannot see]"},
                         {"type":"document","title":"plan.pdf",
                          "source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}},
                         {"type":"document","title":"b.pdf","source":{"type":"url","url":"https://example.com/b.pdf"}},
                         {"type":"text","text":"[the file hi.md, text/markdown]\\nHi!"},
                         {"type":"text","text":"[the file c.pdf, application/pdf, which you cannot see]"},
                         {"type":"text","text":"See","cache_control":{"type":"ephemeral"}}]
                        """));
    }

    /// Each request marks where the one before ended, so that it is read from the cache, and its own end.
    @Test
    void marksWhatTheNextRequestWillHaveInCommon() {
        List<Message> messages = new ArrayList<>(List.of(Message.user("u0"), Message.assistant("a0")));
        List<List<String>> marks = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            messages.add(i == 1 ? Message.user("u1") : result("r" + i));
            server.streams(recording("text"));
            Asked.of(client(), conversation(messages.toArray(Message[]::new)));
            JsonNode sent = sent();
            marks.add(sent.path("messages").findParents("cache_control").stream()
                    .map(block -> block.path("text")
                            .asString(block.path("tool_use_id").asString("")))
                    .toList());
            ObjectNode none = Json.MAPPER.createObjectNode();
            messages.add(new Message(Role.ASSISTANT, List.of(new Part.ToolCall("r" + (i + 1), "a.b", none))));
        }
        assertThat(marks)
                .containsExactly(
                        List.of("u0", "u1"),
                        List.of("u0", "u1", "r2"),
                        List.of("u1", "r2", "r3"),
                        List.of("u1", "r3", "r4"));
    }

    @Test
    void marksToolsWhereThereAreNoInstructions() {
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"object\"}");
        ToolSpec tool = new ToolSpec("a.b", "Does.", schema, Effect.PURE, Approval.AUTO);
        server.streams(recording("text"));
        Asked.of(client(), new ModelRequest("m", null, List.of(Message.user("Go")), List.of(tool, tool), null));
        JsonNode sent = sent();
        assertThat(sent.at("/tools/0").has("cache_control")).isFalse();
        assertThat(sent.at("/tools/1").has("cache_control")).isTrue();
    }

    /// As the API takes it: closed, and without limits that it does not enforce. Never temperature and the
    /// like.
    @Test
    void asksForAReplyThatFollowsASchema() {
        JsonNode schema = Json.MAPPER.readTree("""
                {"type":"object","properties":{"minimum":{"type":"integer","minimum":1},
                 "list":{"type":"array","maxItems":3,"items":{"type":"object","properties":{"a":{"enum":["b"]}}}}}}
                """);
        server.streams(recording("text"));
        Asked.of(client(), new ModelRequest("m", null, List.of(Message.user("Go")), List.of(), null, schema));
        JsonNode sent = sent();
        assertThat(sent.path("output_config")).isEqualTo(Json.MAPPER.readTree("""
                {"format":{"type":"json_schema","schema":{"type":"object","additionalProperties":false,
                 "properties":{"minimum":{"type":"integer"},"list":{"type":"array","items":
                  {"type":"object","additionalProperties":false,"properties":{"a":{"enum":["b"]}}}}}}}}
                """));
        assertThat(sent.propertyNames())
                .containsExactlyInAnyOrder("model", "max_tokens", "stream", "messages", "output_config");
    }

    @Test
    void beginsWithTheUserAndSendsNoThinkingOfOthers() {
        server.streams(recording("text"));
        Message foreign = new Message(
                Role.ASSISTANT, List.of(new Part.Reasoning("Hm.", "gemini:abc"), new Part.Reasoning("", "openai:a:b")));
        Message system = new Message(Role.SYSTEM, List.of(new Part.Text("Be kind.")));
        Asked.of(
                client(),
                conversation(
                        Message.assistant("One"),
                        system,
                        Message.assistant("Two"),
                        foreign,
                        Message.user("Go"),
                        foreign,
                        Message.user("On")));
        assertThat(sent().path("messages")).isEqualTo(Json.MAPPER.readTree("""
                [{"role":"user","content":[{"type":"text","text":"[the beginning of this conversation is left out]",
                                             "cache_control":{"type":"ephemeral"}}]},
                 {"role":"assistant","content":[{"type":"text","text":"One"},{"type":"text","text":"Two"}]},
                 {"role":"user","content":[{"type":"text","text":"Go"},
                   {"type":"text","text":"On","cache_control":{"type":"ephemeral"}}]}]
                """));
    }

    private static Message result(String id) {
        return new Message(Role.TOOL, List.of(new Part.ToolResult(id, "a.b", true, Json.MAPPER.createObjectNode())));
    }

    private JsonNode sent() {
        return Json.MAPPER.readTree(server.request().body());
    }

    private static ModelRequest conversation(Message... messages) {
        return new ModelRequest("some-model", null, List.of(messages), List.of(), null);
    }
}
