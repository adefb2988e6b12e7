package dev.dwata.benchmarks.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the model says, as bytes of HTTP: each event is a chunk of its own.
final class Script {
    private static final String HEAD = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream",
            "Cache-Control: no-cache",
            "Transfer-Encoding: chunked",
            "",
            "");
    private static final List<String> WORDS = List.of(
            " the", " quick", " reply", " of", " a", " model", ", token", " by", " token", " and", " never", " late",
            ".");

    private final int delayMillis;
    private final ByteBuffer call;
    private final ByteBuffer text;
    private final ByteBuffer begin;
    private final List<ByteBuffer> tokens = new ArrayList<>();
    private final ByteBuffer end;

    Script(int count, int delayMillis) {
        this.delayMillis = delayMillis;
        String first = HEAD + delta("{\"role\":\"assistant\",\"content\":\"\"}", "null");
        String last = delta("{}", "\"stop\"") + usage(count) + chunk("[DONE]") + "0\r\n\r\n";
        StringBuilder all = new StringBuilder(first);
        for (int i = 0; i < count; i++) {
            String token = delta("{\"content\":\"" + WORDS.get(i % WORDS.size()) + "\"}", "null");
            tokens.add(bytes(token));
            all.append(token);
        }
        begin = bytes(first);
        end = bytes(last);
        text = bytes(all + last);
        call = bytes(HEAD + calling());
    }

    private static String calling() {
        String name = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_7Qx1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}";
        StringBuilder all = new StringBuilder(delta(name, "null"));
        for (String piece : List.of("{\\\"", "city", "\\\":\\\"", "Ghent", "\\\"}")) {
            String more = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + piece + "\"}}]}";
            all.append(delta(more, "null"));
        }
        return all.append(delta("{}", "\"tool_calls\""))
                .append(usage(18))
                .append(chunk("[DONE]"))
                .append("0\r\n\r\n")
                .toString();
    }

    private static String delta(String delta, String finish) {
        return chunk("{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1760000000,\"model\":\"bench\",\"service_tier\":\"default\","
                + "\"system_fingerprint\":\"fp_44709d6fcb\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}],\"usage\":null}");
    }

    private static String usage(int output) {
        return chunk("{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1760000000,\"model\":\"bench\",\"choices\":[],\"usage\":{\"prompt_tokens\":120,"
                + "\"completion_tokens\":" + output + ",\"total_tokens\":" + (120 + output)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0}}}");
    }

    /// An event, as a chunk.
    private static String chunk(String data) {
        String event = "data: " + data + "\n\n";
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static ByteBuffer bytes(String ascii) {
        return ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    int delayMillis() {
        return delayMillis;
    }

    int tokens() {
        return tokens.size();
    }

    /// A whole reply with the tool call.
    ByteBuffer call() {
        return call.duplicate();
    }

    /// A whole reply with the text.
    ByteBuffer text() {
        return text.duplicate();
    }

    /// The head of a reply that comes token by token.
    ByteBuffer begin() {
        return begin.duplicate();
    }

    ByteBuffer token(int index) {
        return tokens.get(index).duplicate();
    }

    ByteBuffer end() {
        return end.duplicate();
    }
}
