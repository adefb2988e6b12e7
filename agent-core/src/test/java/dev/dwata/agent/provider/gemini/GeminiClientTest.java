package dev.dwata.agent.provider.gemini;

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

class GeminiClientTest extends ModelClientContract {
    private final ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);

    @Override
    protected ModelClient client(String url) {
        return new GeminiClient(new Endpoint("gemini", url, new ApiKey("AIzaTest0123456789")), http);
    }

    @Override
    protected String folder() {
        return "gemini";
    }

    @Override
    protected String callId(String recording, int number) {
        return recording.equals("one-tool") ? "Vaj6kYf8" : "" + (char) ('A' + number);
    }

    @Override
    protected List<String> callIds(JsonNode sent) {
        return ids(sent, "functionCall");
    }

    @Override
    protected List<String> resultIds(JsonNode sent) {
        return ids(sent, "functionResponse");
    }

    @Override
    protected String signature() {
        return "gemini:CiQB0e2Kb1";
    }

    @Override
    protected int endOfContent(byte[] recording) {
        String text = new String(recording, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf("data: ", text.indexOf("\"finishReason\""));
    }

    @Test
    void sendsTheKeyInAHeaderAndTheModelInThePath() {
        server.streams(recording("text")).streams(recording("text")).streams(recording("text"));
        Asked.of(client());
        Asked.of(client(server.url() + "/proxy/v1beta/?a=b"), Asked.hello().of("tunedModels/my model?key=1"));
        Asked.of(new GeminiClient(new Endpoint("gemini", server.url(), null), http));
        assertThat(server.request()).satisfies(request -> {
            assertThat(request.line())
                    .isEqualTo("POST /v1beta/models/some-model:streamGenerateContent?alt=sse HTTP/1.1");
            assertThat(request.headers()).containsEntry("x-goog-api-key", "AIzaTest0123456789");
        });
        assertThat(server.request().line())
                .isEqualTo("POST /proxy/v1beta/tunedModels/my+model%3Fkey%3D1:streamGenerateContent?alt=sse&a=b"
                        + " HTTP/1.1");
        assertThat(server.request().headers()).doesNotContainKey("x-goog-api-key");
    }

    /// The first of parallel calls is signed, and gets its signature back; so does a text, also an empty one.
    @Test
    void sendsSignaturesBackOnThePartsThatHadThem() {
        ModelReply calls = replay("signed-calls").reply();
        assertThat(calls)
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning("Two reads.", null),
                                new Part.Reasoning("", "gemini:next:c2lnQ2FsbA=="),
                                read("x1", "a.txt"),
                                read("x2", "b.txt")),
                        new TokenUsage(40, 70, 0, null),
                        StopReason.TOOL_USE));
        ModelReply text = replay("signed-text").reply();
        assertThat(text.parts())
                .containsExactly(new Part.Text("Both are there."), new Part.Reasoning("", "gemini:next:c2lnVGV4dA=="));
        server.request();
        server.request();
        JsonNode sent =
                sent("gemini-3.5-flash", Message.user("Go"), calls.message(), results("x1", "x2"), text.message());
        assertThat(sent.path("contents")).isEqualTo(Json.MAPPER.readTree("""
                        [{"role":"user","parts":[{"text":"Go"}]},
                         {"role":"model","parts":[
                           {"functionCall":{"id":"x1","name":"filesystem__read","args":{"path":"a.txt"}},
                            "thoughtSignature":"c2lnQ2FsbA=="},
                           {"functionCall":{"id":"x2","name":"filesystem__read","args":{"path":"b.txt"}}}]},
                         {"role":"user","parts":[
                           {"functionResponse":{"id":"x1","name":"filesystem__read","response":{"success":true}}},
                           {"functionResponse":{"id":"x2","name":"filesystem__read","response":{"success":true}}}]},
                         {"role":"model","parts":[{"text":"Both are there."},
                           {"text":"","thoughtSignature":"c2lnVGV4dA=="}]}]
                        """));
        assertThat(sent.path("generationConfig"))
                .isEqualTo(Json.MAPPER.readTree("{\"thinkingConfig\":{\"includeThoughts\":true}}"));
    }

    /// A conversation that another provider's model led until now: later models want the first call signed.
    @ParameterizedTest
    @CsvSource({"gemini-3.5-flash, true", "gemini-2.5-pro, false"})
    void marksCallsOfOthersInTheTurnUnderWay(String model, boolean marked) {
        Message asks = new Message(
                Role.ASSISTANT, List.of(new Part.Reasoning("Hm.", "c2ln"), read("c1", "a.txt"), read("c2", "b.txt")));
        JsonNode contents = sent(
                        model,
                        Message.user("One"),
                        asks,
                        results("c1", "c2"),
                        Message.assistant("Done."),
                        Message.user("Two"),
                        asks,
                        results("c1", "c2"))
                .path("contents");
        assertThat(contents.at("/1/parts").findValues("thoughtSignature")).isEmpty();
        assertThat(contents.at("/5/parts/0/thoughtSignature").asString(""))
                .isEqualTo(marked ? "skip_thought_signature_validator" : "");
        assertThat(contents.at("/5/parts/1").has("thoughtSignature")).isFalse();
    }

    /// G8: without ids results go by their order.
    @Test
    void makesUpNoIdsOnTheWire() {
        ModelReply reply = replay("no-ids").reply();
        List<String> ids =
                reply.message().toolCalls().stream().map(Part.ToolCall::id).toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        server.request();
        JsonNode sent = sent("some-model", Message.user("Go"), reply.message(), results(ids.get(0), ids.get(1)));
        assertThat(sent.findValues("id")).isEmpty();
        assertThat(sent.findValues("functionResponse")).hasSize(2);
    }

    @Test
    void refusesWhereThePromptWasBlocked() {
        assertThat(replay("blocked-prompt").reply())
                .isEqualTo(new ModelReply(List.of(), new TokenUsage(12, 0, 0, null), StopReason.REFUSAL));
    }

    @Test
    void isUnavailableIfTheModelWroteACallThatIsNone() {
        assertThat(replay("malformed-call").error())
                .isEqualTo(new AgentError.ModelUnavailable(
                        "gemini reported an error: it finished with MALFORMED_FUNCTION_CALL,"
                                + " Malformed function call: print(default_api.read(",
                        null));
    }

    @Test
    void beginsWithTheUserAndLeavesOutWhatSaysNothing() {
        JsonNode contents = sent(
                        "some-model",
                        Message.assistant("Hello."),
                        new Message(Role.ASSISTANT, List.of(new Part.Reasoning("Hm.", "c2ln"))),
                        new Message(Role.SYSTEM, List.of(new Part.Text("Be kind."))),
                        Message.user(" "),
                        Message.user("Go"))
                .path("contents");
        assertThat(contents).isEqualTo(Json.MAPPER.readTree("""
                        [{"role":"user","parts":[{"text":"[the beginning of this conversation is left out]"}]},
                         {"role":"model","parts":[{"text":"Hello."}]},
                         {"role":"user","parts":[{"text":"Go"}]}]
                        """));
    }

    @Test
    void sendsImagesAndDocumentsAlongOrByLinkAndTellsOfOthers() {
        Message media = new Message(
                Role.USER,
                List.of(
                        new Part.Image("data:image/png;base64,iVBORw0KGgo=", "image/png"),
                        new Part.Image("https://example.com/a.jpg", "image/jpeg"),
                        new Part.File("data:application/pdf;base64,JVBERi0=", "application/pdf", "plan.pdf"),
                        new Part.File("blob:43", "application/pdf", "b.pdf")));
        assertThat(sent("some-model", media).at("/contents/0/parts")).isEqualTo(Json.MAPPER.readTree("""
                        [{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}},
                         {"fileData":{"mimeType":"image/jpeg","fileUri":"https://example.com/a.jpg"}},
                         {"inlineData":{"mimeType":"application/pdf","data":"JVBERi0="}},
                         {"text":"[the file b.pdf, application/pdf, which you cannot see]"}]
                        """));
    }

    /// Older models refuse the field together with tools, and are asked in words then.
    @ParameterizedTest
    @CsvSource({"gemini-3.5-flash, true, true", "gemini-2.5-flash, true, false", "gemini-2.5-flash, false, true"})
    void asksForAReplyThatFollowsASchema(String model, boolean tools, boolean field) {
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}");
        ToolSpec tool = new ToolSpec("a.b", "Does.", schema, Effect.PURE, Approval.AUTO);
        server.streams(recording("text"));
        Asked.of(
                client(),
                new ModelRequest(
                        model, null, List.of(Message.user("Go")), tools ? List.of(tool) : List.of(), null, schema));
        JsonNode sent = Json.MAPPER.readTree(server.request().body());
        JsonNode config = sent.path("generationConfig");
        assertThat(config.path("responseMimeType").asString("")).isEqualTo(field ? "application/json" : "");
        assertThat(config.path("responseJsonSchema").equals(schema)).isEqualTo(field);
        assertThat(sent.at("/systemInstruction/parts/0/text").asString("").contains(schema.toString()))
                .isNotEqualTo(field);
    }

    private JsonNode sent(String model, Message... messages) {
        server.streams(recording("text"));
        Asked.of(client(), new ModelRequest(model, null, List.of(messages), List.of(), null));
        return Json.MAPPER.readTree(server.request().body());
    }

    private static Part.ToolCall read(String id, String path) {
        return new Part.ToolCall(
                id, "filesystem.read", Json.MAPPER.createObjectNode().put("path", path));
    }

    private static Message results(String... ids) {
        return new Message(
                Role.TOOL,
                List.of(ids).stream()
                        .<Part>map(id -> new Part.ToolResult(
                                id,
                                "filesystem.read",
                                true,
                                Json.MAPPER.createObjectNode().put("success", true)))
                        .toList());
    }

    private static List<String> ids(JsonNode sent, String field) {
        return sent.path("contents").findValues(field).stream()
                .filter(call -> call.has("id"))
                .map(call -> call.path("id").stringValue())
                .toList();
    }
}
