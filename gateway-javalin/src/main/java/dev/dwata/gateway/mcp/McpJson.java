package dev.dwata.gateway.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dwata.types.Json;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The protocol's JSON: bounded, and without what the SDK (2.1.0, tried 2026-11-21) does amiss.
///
/// It writes an error that it answers itself as an exception, with its whole trace, where the protocol has
/// `{jsonrpc, id, error}`. And it names the kind of an elicitation twice, which Jackson 3.2 refuses to.
final class McpJson implements McpJsonMapper {
    private final McpJsonMapper inner = new JacksonMcpJsonMapper(JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1 << 20)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .addMixIn(McpSchema.ElicitRequest.class, KindOnce.class)
            .build());

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "mode")
    private interface KindOnce {}

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return inner.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return inner.readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return inner.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return inner.readValue(content, type);
    }

    @Override
    public <T> T convertValue(Object from, Class<T> type) {
        return inner.convertValue(from, type);
    }

    @Override
    public <T> T convertValue(Object from, TypeRef<T> type) {
        return inner.convertValue(from, type);
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return inner.writeValueAsString(value instanceof McpError error ? answer(error) : value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> answer(McpError error) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").putNull("id");
        answer.putObject("error")
                .put("code", error.getJsonRpcError().code())
                .put("message", error.getJsonRpcError().message());
        return Results.map(answer);
    }
}
