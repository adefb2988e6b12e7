package dev.dwata.agent.provider.gemini;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.provider.wire.ApiKey;
import dev.dwata.agent.provider.wire.Endpoint;
import dev.dwata.agent.provider.wire.Faults;
import dev.dwata.agent.provider.wire.ModelHttp;
import dev.dwata.agent.provider.wire.Post;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Asks models over Google's Gemini API, `v1beta`, as its documentation described it in November 2026.
///
/// The key is in a header, never in the URL, which ends up in logs. Thoughts are asked for where a model has
/// them; what they are signed with is kept in [dev.dwata.types.Part.Reasoning] before the part that carried it,
/// and goes back on that part. How much a model thinks is not configured.
public final class GeminiClient implements ModelClient {
    public static final String BASE_URL = "https://generativelanguage.googleapis.com";

    private final Endpoint endpoint;
    private final ModelHttp http;
    private final String prefix;

    /// @param endpoint its base URL without `/v1beta`, though one that ends with it works too
    public GeminiClient(Endpoint endpoint, ModelHttp http) {
        this.endpoint = endpoint;
        this.http = http;
        this.prefix = endpoint.basePath().matches(".*/v1[a-z0-9]*") ? "" : "v1beta/";
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        byte[] body = GeminiRequest.encode(request);
        GeminiReader reader = new GeminiReader(sink, new Faults(endpoint));
        http.post(new Post(endpoint, path(request.model()), headers(), body), reader);
        return reader.reply(request, body);
    }

    /// A name without a collection is one of the models on offer; those that people tuned have another.
    private String path(String model) {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("%2F", "/");
        return prefix + (name.indexOf('/') < 0 ? "models/" + name : name) + ":streamGenerateContent?alt=sse";
    }

    private Map<String, String> headers() {
        ApiKey key = endpoint.key();
        return key == null ? Map.of() : Map.of("x-goog-api-key", key.value());
    }
}
