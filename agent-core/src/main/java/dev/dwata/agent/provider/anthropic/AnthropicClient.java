package dev.dwata.agent.provider.anthropic;

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

/// Asks models over Anthropic's Messages API, version 2023-06-01, as its documentation described it in November
/// 2026.
///
/// Neither thinking nor effort is configured: each model has its own default for these, and refuses what it
/// does not know. The reply's thinking carries what the provider wants to see again in
/// [dev.dwata.types.Part.Reasoning].
public final class AnthropicClient implements ModelClient {
    public static final String BASE_URL = "https://api.anthropic.com";

    private static final String VERSION = "2023-06-01";

    private final Endpoint endpoint;
    private final ModelHttp http;
    private final String path;

    /// @param endpoint its base URL without `/v1`, though one that ends with it works too
    public AnthropicClient(Endpoint endpoint, ModelHttp http) {
        this.endpoint = endpoint;
        this.http = http;
        this.path = endpoint.basePath().endsWith("/v1") ? "messages" : "v1/messages";
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        byte[] body = AnthropicRequest.encode(request);
        MessageReader reader = new MessageReader(sink, new Faults(endpoint));
        http.post(new Post(endpoint, path, headers(), body), reader);
        return reader.reply(request, body);
    }

    private Map<String, String> headers() {
        ApiKey key = endpoint.key();
        return key == null
                ? Map.of("anthropic-version", VERSION)
                : Map.of("anthropic-version", VERSION, "x-api-key", key.value());
    }
}
