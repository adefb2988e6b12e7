package dev.dwata.gateway.streams;

import dev.dwata.types.Json;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What there is and what comes, as server-sent events: after every `data` one `control`, which says where to
/// read on. The thread of the request reads and writes at the pace of its client. It ends after a while, and
/// its client comes again.
record SseReading(Wakes wakes, StreamSettings settings, Cursors cursors) {
    private static final Logger LOG = LoggerFactory.getLogger(SseReading.class);

    void answer(Context context, String path, Offsets.Wanted wanted, StreamSource stream) throws InterruptedException {
        try (Wakes.Waiting waiting = wakes.begin(stream.key())) {
            Slice first = wanted.now() ? stream.end() : stream.read(wanted.after(0));
            OutputStream out = begin(context.res(), first);
            deliver(out, waiting, stream, first, context.queryParam("cursor"));
        } catch (IOException e) {
            LOG.debug("a reader of stream {} has gone: {}", path, e.toString());
        } catch (StreamAnswer e) {
            if (!context.res().isCommitted()) {
                throw e;
            }
        }
    }

    private static OutputStream begin(HttpServletResponse response, Slice first) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no"); // else nginx collects what should come at once
        if (!first.isText()) {
            response.setHeader(Headers.ENCODING, "base64");
        }
        return response.getOutputStream();
    }

    private void deliver(
            OutputStream out, Wakes.Waiting waiting, StreamSource stream, Slice first, @Nullable String sent)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + settings.life().toNanos();
        Slice slice = first;
        @Nullable String cursor = sent;
        while (true) {
            cursor = cursors.next(cursor);
            out.write(events(slice, cursor));
            out.flush();
            long left = end - System.nanoTime();
            if (slice.isLast() || left <= 0) {
                return;
            }
            if (slice.upToDate()) {
                slice = next(
                        waiting,
                        stream,
                        slice.next(),
                        Math.min(left, settings.longPoll().toNanos()));
            } else {
                slice = stream.read(slice.next());
            }
            if (wakes.closing()) {
                return;
            }
        }
    }

    /// What comes; empty when nothing did, or when that was the end.
    private Slice next(Wakes.Waiting waiting, StreamSource stream, long after, long patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience;
        while (true) {
            boolean woken = waiting.await(Duration.ofNanos(deadline - System.nanoTime()));
            Slice slice = stream.read(after);
            if (!woken || !slice.isEmpty() || slice.isLast() || wakes.closing()) {
                return slice;
            }
        }
    }

    private static byte[] events(Slice slice, String cursor) {
        StringBuilder text = new StringBuilder();
        if (!slice.isEmpty()) {
            event(
                    text,
                    "data",
                    slice.isText() ? slice.text() : Base64.getEncoder().encodeToString(slice.body()));
        }
        ObjectNode control = Json.MAPPER.createObjectNode().put("streamNextOffset", Offsets.of(slice.next()));
        if (slice.isLast()) {
            control.put("streamClosed", true);
        } else {
            control.put("streamCursor", cursor);
            if (slice.upToDate()) {
                control.put("upToDate", true);
            }
        }
        event(text, "control", Json.MAPPER.writeValueAsString(control));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Every line break that a browser knows ends a line here, whatever a stream's content says (C11).
    private static void event(StringBuilder text, String name, String data) {
        text.append("event: ").append(name).append('\n');
        for (String line : data.split("\r\n|\r|\n", -1)) {
            text.append("data:").append(line).append('\n');
        }
        text.append('\n');
    }
}
