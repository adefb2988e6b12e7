package dev.dwata.gateway.openai;

import dev.dwata.types.Json;
import dev.dwata.types.TokenUsage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells an answer in pieces, as server-sent events.
final class ChatStream implements Listener {
    private final Completion completion;
    private final boolean usage;
    private final OutputStream out;
    private final Duration keepAlive;
    private long spokeAt = System.nanoTime();

    private ChatStream(Completion completion, boolean usage, OutputStream out, Duration keepAlive) {
        this.completion = completion;
        this.usage = usage;
        this.out = out;
        this.keepAlive = keepAlive;
    }

    /// @param usage     whether it ends with what was used
    /// @param keepAlive how long it may be silent
    static ChatStream begin(HttpServletResponse response, Completion completion, boolean usage, Duration keepAlive)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no"); // else nginx collects what should come at once
        ChatStream stream = new ChatStream(completion, usage, response.getOutputStream(), keepAlive);
        stream.data(completion.piece(delta().put("role", "assistant").put("content", ""), null));
        return stream;
    }

    @Override
    public void text(String more) throws IOException {
        data(completion.piece(delta().put("content", more), null));
    }

    @Override
    public void quiet() throws IOException {
        if (System.nanoTime() - spokeAt > keepAlive.toNanos()) {
            write(": still here\n\n");
        }
    }

    void end(Ending ending) throws IOException {
        switch (ending) {
            case Ending.Said said -> end(Completion.finish(said.reason()), null, said.usage());
            case Ending.Calls calls -> end("tool_calls", Completion.calls(calls.calls(), true), calls.usage());
            case Ending.Failed failed -> data(new ChatError(failed.error(), null, failed.repeatable()).json());
            case Ending.Unheard unheard -> {}
        }
    }

    private void end(String finish, @Nullable JsonNode calls, TokenUsage used) throws IOException {
        if (calls != null) {
            ObjectNode delta = delta();
            delta.set("tool_calls", calls);
            data(completion.piece(delta, null));
        }
        data(completion.piece(delta(), finish));
        if (usage) {
            data(completion.pieceOf(used));
        }
        write("data: [DONE]\n\n");
    }

    private static ObjectNode delta() {
        return Json.MAPPER.createObjectNode();
    }

    private void data(ObjectNode json) throws IOException {
        write("data: " + json + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        spokeAt = System.nanoTime();
    }
}
