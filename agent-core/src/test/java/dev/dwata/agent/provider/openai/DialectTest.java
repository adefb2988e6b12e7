package dev.dwata.agent.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.agent.testing.Asked;
import dev.dwata.agent.testing.WireServer;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Each provider is asked as it wants it, though all speak Chat Completions.
class DialectTest {
    private final ModelHttp http = new ModelHttp(StreamTimeouts.DEFAULT);
    private final WireServer server = new WireServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "groq, max_completion_tokens, true",
        "mistral, max_tokens, false",
        "deepseek, max_tokens, true",
        "openrouter, max_tokens, true",
        "own, max_tokens, true"
    })
    void namesTheLimitAndAsksForUsageAsTheProviderKnowsIt(String provider, String limit, boolean usage) {
        JsonNode sent = sent(provider, new ModelRequest("m", null, List.of(Message.user("Go")), List.of(), 7));
        assertThat(sent.path(limit).intValue()).isEqualTo(7);
        assertThat(sent.has("max_tokens") && sent.has("max_completion_tokens")).isFalse();
        assertThat(sent.has("stream_options")).isEqualTo(usage);
    }

    @ParameterizedTest
    @CsvSource({
        "groq, '', true",
        "mistral, json_schema, false",
        "deepseek, json_object, true",
        "openrouter, json_schema, false",
        "own, json_schema, false"
    })
    void asksForASchemaInTheFieldOrInWords(String provider, String type, boolean words) {
        JsonNode schema = Json.MAPPER.readTree("{\"type\":\"object\"}");
        JsonNode sent =
                sent(provider, new ModelRequest("m", "Be kind.", List.of(Message.user("Go")), List.of(), null, schema));
        assertThat(sent.at("/response_format/type").asString("")).isEqualTo(type);
        assertThat(sent.at("/response_format/json_schema/schema").equals(schema))
                .isEqualTo(type.equals("json_schema"));
        String system = sent.at("/messages/0/content").stringValue();
        assertThat(system).startsWith("Be kind.");
        assertThat(system.contains(schema.toString())).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"openrouter, image_url, file", "groq, image_url, text", "deepseek, text, text", "own, image_url, text"})
    void sendsImagesAndDocumentsOnlyToThoseThatTakeThem(String provider, String image, String document) {
        Message media = new Message(
                Role.USER,
                List.of(
                        new Part.Image("data:image/png;base64,iVBORw0KGgo=", "image/png"),
                        new Part.File("data:application/pdf;base64,JVBERi0=", "application/pdf", "plan.pdf")));
        JsonNode content = sent(provider, request(media)).at("/messages/0/content");
        assertThat(content.at("/0/type").stringValue()).isEqualTo(image);
        assertThat(content.at("/1"))
                .isEqualTo(Json.MAPPER.readTree(
                        document.equals("file")
                                ? "{\"type\":\"file\",\"file\":{\"filename\":\"plan.pdf\","
                                        + "\"file_data\":\"data:application/pdf;base64,JVBERi0=\"}}"
                                : "{\"type\":\"text\",\"text\":"
                                        + "\"[the file plan.pdf, application/pdf, which you cannot see]\"}"));
    }

    /// A provider may be called as one likes; a server of one's own that is called as OpenAI is none of
    /// OpenAI's.
    @Test
    void knowsProvidersByTheirHostsToo() {
        for (String provider : List.of("mistral", "deepseek", "groq", "openrouter")) {
            String host = "https://api." + provider + (provider.matches("mistral|openrouter") ? ".ai" : ".com");
            assertThat(Dialect.of(new Endpoint("mine", host + "/v1", null)))
                    .isEqualTo(Dialect.of(new Endpoint(provider, "http://127.0.0.1:1", null)))
                    .isNotEqualTo(Dialect.of(new Endpoint("mine", "http://127.0.0.1:1", null)));
        }
        Dialect openAi = Dialect.of(new Endpoint("mine", "https://me.openai.azure.com/openai/v1", null));
        assertThat(openAi.limitField()).isEqualTo("max_completion_tokens");
        assertThat(Dialect.of(new Endpoint("openai", "http://127.0.0.1:1", null)))
                .isEqualTo(Dialect.of(new Endpoint("mine", "http://127.0.0.1:1", null)));
    }

    /// Mistral's ids have 9 letters and digits, and after results the model speaks before the user does.
    @Test
    void keepsMistralsRules() {
        JsonNode messages = sent("mistral", steered("call_12", "D681PevKs")).path("messages");
        String id = messages.at("/1/tool_calls/0/id").stringValue();
        assertThat(id).matches("[a-zA-Z0-9]{9}");
        assertThat(messages.at("/1/tool_calls/1/id").stringValue()).isEqualTo("D681PevKs");
        assertThat(messages.at("/2/tool_call_id").stringValue()).isEqualTo(id);
        assertThat(messages.findValues("role"))
                .extracting(JsonNode::stringValue)
                .containsExactly("user", "assistant", "tool", "tool", "assistant", "user");
    }

    /// DeepSeek refuses calls of the turn under way without the thinking that led to them.
    @ParameterizedTest
    @CsvSource({"deepseek, Two reads.", "own, ''"})
    void sendsThinkingBackToThoseThatWantIt(String provider, String thinking) {
        JsonNode messages = sent(provider, steered("c1", "c2")).path("messages");
        assertThat(messages.at("/1/reasoning_content").asString("")).isEqualTo(thinking);
        assertThat(messages.at("/1/content").isNull()).isTrue();
    }

    /// Models of Google's refuse a call over OpenRouter that comes without what they thought.
    @ParameterizedTest
    @CsvSource({"openrouter, true", "own, false"})
    void sendsOpenRoutersDetailsOfThinkingBack(String provider, boolean back) throws IOException {
        server.streams(recording("openrouter-details"));
        ModelReply reply = ask("openrouter", Asked.hello()).reply();
        server.request();
        String details = "[{\"type\":\"reasoning.text\",\"text\":\"Look first.\",\"format\":\"google-gemini-v1\","
                + "\"index\":0,\"signature\":\"c2ln\"},{\"type\":\"reasoning.encrypted\",\"data\":\"ZW5j\","
                + "\"id\":\"call_1\",\"format\":\"google-gemini-v1\",\"index\":1}]";
        assertThat(reply.parts())
                .containsExactly(new Part.Reasoning("Look first.", "openrouter:" + details), call("call_1"));

        Message results = new Message(Role.TOOL, List.of(result("call_1")));
        JsonNode sent = sent(provider, request(Message.user("Go"), reply.message(), results));
        assertThat(sent.at("/messages/1/reasoning_details").equals(Json.MAPPER.readTree(details)))
                .isEqualTo(back);
        JsonNode later = sent(
                provider,
                request(Message.user("Go"), reply.message(), results, Message.assistant("Done."), Message.user("On")));
        assertThat(later.at("/messages/1").has("reasoning_details")).isFalse();
    }

    @Test
    void readsMistralsThinking() throws IOException {
        server.streams(recording("mistral"));
        assertThat(ask("mistral", Asked.hello()).reply())
                .isEqualTo(new ModelReply(
                        List.of(
                                new Part.Reasoning("Look first.", null),
                                new Part.Text("I will look."),
                                call("D681PevKs")),
                        new TokenUsage(92, 28, 0, null),
                        StopReason.TOOL_USE));
    }

    private static byte[] recording(String name) throws IOException {
        try (InputStream in =
                DialectTest.class.getResourceAsStream("/dev/dwata/agent/provider/openai/" + name + ".sse")) {
            return in.readAllBytes();
        }
    }

    /// Two calls, their results, and then a word from the user.
    private static ModelRequest steered(String first, String second) {
        return request(
                Message.user("Go"),
                new Message(Role.ASSISTANT, List.of(new Part.Reasoning("Two reads.", null), call(first), call(second))),
                new Message(Role.TOOL, List.of(result(first), result(second))),
                Message.user("Faster"));
    }

    private JsonNode sent(String provider, ModelRequest request) {
        server.answer((asked, wire) -> wire.whole(404, "", "{}"));
        ask(provider, request);
        return Json.MAPPER.readTree(server.request().body());
    }

    private Asked ask(String provider, ModelRequest request) {
        return Asked.of(new OpenAiClient(new Endpoint(provider, server.url(), null), http), request);
    }

    private static ModelRequest request(Message... messages) {
        return new ModelRequest("m", null, List.of(messages), List.of(), null);
    }

    private static Part.ToolCall call(String id) {
        return new Part.ToolCall(
                id, "filesystem.read", Json.MAPPER.createObjectNode().put("path", "a.txt"));
    }

    private static Part.ToolResult result(String id) {
        return new Part.ToolResult(id, "filesystem.read", true, Json.MAPPER.createObjectNode());
    }
}
