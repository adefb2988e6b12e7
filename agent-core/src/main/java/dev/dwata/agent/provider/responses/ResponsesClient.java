package dev.dwata.agent.provider.responses;

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

/// Asks models over OpenAI's Responses API, as its documentation described it in November 2026.
///
/// Nothing is stored at the provider: each request has the whole conversation. What a model thought comes back
/// encrypted, is kept in [dev.dwata.types.Part.Reasoning], and is sent again while the tools it asked for are
/// being answered. Effort and summaries of thinking are not configured: each model has its own default.
public final class ResponsesClient implements ModelClient {
    public static final String BASE_URL = "https://api.openai.com/v1";

    private final Endpoint endpoint;
    private final ModelHttp http;

    /// @param endpoint its base URL with `/v1`, or whatever is before `/responses`
    public ResponsesClient(Endpoint endpoint, ModelHttp http) {
        this.endpoint = endpoint;
        this.http = http;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        byte[] body = ResponsesRequest.encode(request);
        ResponsesReader reader = new ResponsesReader(sink, new Faults(endpoint));
        http.post(new Post(endpoint, "responses", headers(), body), reader);
        return reader.reply(request, body);
    }

    private Map<String, String> headers() {
        ApiKey key = endpoint.key();
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key.value());
    }
}
