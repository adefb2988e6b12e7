package dev.dwata.agent.provider.openai;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.Faults;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.Post;
import java.util.Map;

/// Asks models over Chat Completions: those of Groq, OpenRouter, Ollama, vLLM, llama.cpp and
/// others that serve the same (as they did in November 2026).
///
/// What a server leaves out is made up for where that is safe: ids of calls, their index, usage, the `[DONE]`
/// after a finish reason. Thinking is passed on, and sent back only to servers that want it.
public final class OpenAiClient implements ModelClient {
    public static final String BASE_URL = "https://api.openai.com/v1";

    private final Endpoint endpoint;
    private final ModelHttp http;
    private final Dialect dialect;

    /// @param endpoint its base URL with `/v1`, or whatever is before `/chat/completions`
    public OpenAiClient(Endpoint endpoint, ModelHttp http) {
        this.endpoint = endpoint;
        this.http = http;
        this.dialect = Dialect.of(endpoint);
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        byte[] body = ChatRequest.encode(request, dialect);
        ChatReader reader = new ChatReader(sink, new Faults(endpoint));
        http.post(new Post(endpoint, "chat/completions", headers(), body), reader);
        return reader.reply(request, body);
    }

    private Map<String, String> headers() {
        ApiKey key = endpoint.key();
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key.value());
    }
}
