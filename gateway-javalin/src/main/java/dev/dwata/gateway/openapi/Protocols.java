package dev.dwata.gateway.openapi;

/// What is spoken at the gateway's port besides the API that is described here.
final class Protocols {
    static final String TEXT = """
            What the gateway keeps and does, as plain requests. The same port speaks other protocols, each with a \
            description of its own:

            - `/ws`: WebSocket, protocol version 1, with the schemas of its frames at `/schemas/`
            - `/api/ai/chat` and `/api/v1/chat`: AG-UI, https://docs.ag-ui.com
            - `/v1/stream/{path}`: Durable Streams, https://github.com/durable-streams/durable-streams
            - `/v1/chat/completions` and `/v1/models`: as OpenAI has them, https://platform.openai.com/docs/api-reference
            - `/mcp`: Model Context Protocol, https://modelcontextprotocol.io
            """;

    private Protocols() {}
}
