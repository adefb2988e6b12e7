package dev.dwata.benchmarks.subject;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The limit: what one would write by hand with OkHttp and Jackson's trees, without events, a log, checks,
/// limits or cancellation.
final class HandLoop implements Subject {
    private static final int MOST_TURNS = 30;

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final MediaType json = MediaType.get("application/json");
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(2_048, 5, TimeUnit.MINUTES))
            .readTimeout(2, TimeUnit.MINUTES)
            .build();
    private final String url;

    HandLoop(String baseUrl) {
        url = baseUrl + "/chat/completions";
    }

    @Override
    public void run(Seen seen) throws IOException {
        ObjectNode request = request();
        ArrayNode messages = (ArrayNode) request.get("messages");
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Reply reply = ask(request, seen);
            ObjectNode said = messages.addObject().put("role", "assistant").put("content", reply.text.toString());
            if (reply.calls.isEmpty()) {
                return;
            }
            ArrayNode calls = said.putArray("tool_calls");
            for (Call call : reply.calls.values()) {
                ObjectNode function = calls.addObject().put("id", call.id).put("type", "function");
                function.putObject("function").put("name", call.name).put("arguments", call.arguments.toString());
            }
            for (Call call : reply.calls.values()) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", call.id)
                        .put("content", weather(mapper.readTree(call.arguments.toString()), seen));
            }
        }
    }

    private ObjectNode request() {
        ObjectNode request = mapper.createObjectNode().put("model", MODEL).put("stream", true);
        request.putObject("stream_options").put("include_usage", true);
        ArrayNode messages = request.putArray("messages");
        messages.addObject().put("role", "system").put("content", INSTRUCTIONS);
        messages.addObject().put("role", "user").put("content", PROMPT);
        ObjectNode function = request.putArray("tools")
                .addObject()
                .put("type", "function")
                .putObject("function")
                .put("name", TOOL)
                .put("description", TOOL_DESCRIPTION);
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        parameters.putObject("properties").putObject("city").put("type", "string");
        parameters.putArray("required").add("city");
        return request;
    }

    private Reply ask(ObjectNode body, Seen seen) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer none")
                .post(RequestBody.create(mapper.writeValueAsBytes(body), json))
                .build();
        Reply reply = new Reply();
        try (Response response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException("the model answered " + response.code());
            }
            BufferedSource lines = response.body().source();
            for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
                if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
                    reply.add(mapper.readTree(line.substring("data: ".length())), seen);
                }
            }
        }
        return reply;
    }

    private String weather(JsonNode arguments, Seen seen) {
        seen.call();
        ObjectNode result =
                mapper.createObjectNode().put("city", arguments.path("city").asString());
        return mapper.writeValueAsString(result.put("celsius", 11).put("sky", "rain"));
    }

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    private static final class Reply {
        private final StringBuilder text = new StringBuilder();
        private final Map<Integer, Call> calls = new TreeMap<>();

        void add(JsonNode chunk, Seen seen) {
            JsonNode delta = chunk.path("choices").path(0).path("delta");
            String piece = delta.path("content").asString("");
            if (!piece.isEmpty()) {
                text.append(piece);
                seen.token();
            }
            for (JsonNode part : delta.path("tool_calls")) {
                Call call = calls.computeIfAbsent(part.path("index").asInt(), index -> new Call());
                call.id += part.path("id").asString("");
                call.name += part.path("function").path("name").asString("");
                call.arguments.append(part.path("function").path("arguments").asString(""));
            }
        }
    }
}
