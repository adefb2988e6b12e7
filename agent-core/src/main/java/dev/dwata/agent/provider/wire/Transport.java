package dev.dwata.agent.provider.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Makes the calls.
final class Transport {
    private static final int MAX_ERROR_BODY = 64 << 10;
    private static final int MAX_IDLE_CONNECTIONS = 64;
    /// What may follow the end of a reply, and for how long: then a new connection is cheaper.
    private static final int MAX_TRAILER = 64 << 10;
    private static final long TRAILER_MILLISECONDS = 1_000;
    private static final long ERROR_BODY_MILLISECONDS = 5_000;

    private final OkHttpClient client;
    private final StreamTimeouts timeouts;
    private final MediaType json = MediaType.get("application/json");
    private final String userAgent = userAgent();

    Transport(StreamTimeouts timeouts) {
        this.timeouts = timeouts;
        this.client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                // Racing addresses would connect on threads of the client's own, one for each call.
                .fastFallback(false)
                .connectionPool(new ConnectionPool(MAX_IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.firstByte())
                .writeTimeout(timeouts.idle())
                .callTimeout(timeouts.total())
                .build();
    }

    void post(Post post, ReplyReader reader) throws InterruptedException {
        Faults faults = new Faults(post.endpoint());
        HttpUrl url = HttpUrl.parse(post.url());
        if (url == null) {
            throw faults.misconfigured();
        }
        Request request = request(post, url);
        if (Boolean.getBoolean(ModelHttp.FORBIDDEN) && !isThisMachine(url)) {
            throw faults.forbidden(ModelHttp.FORBIDDEN);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(
                    "interrupted before " + post.endpoint().provider() + " was asked");
        }
        Call call = client.newCall(request);
        try {
            run(call, reader, faults);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            // Where one kept connection was dead, the others are likely to be, and each would cost an attempt.
            client.connectionPool().evictAll();
            throw faults.broken(e, reader.started());
        }
    }

    private void run(Call call, ReplyReader reader, Faults faults) throws IOException, InterruptedException {
        Interruption interruption = new Interruption(call);
        boolean read = false;
        // Not closed by try-with-resources: closing an answer that is not read to its end waits for more of it,
        // unless the call is cancelled first.
        Response response = interruption.during(call::execute);
        try {
            BodyInput body = new BodyInput(response.body().source(), interruption, timeouts);
            if (isStream(response)) {
                read(body, reader, faults);
                body.hurry(TRAILER_MILLISECONDS);
                read = body.drain(MAX_TRAILER);
            } else {
                body.hurry(ERROR_BODY_MILLISECONDS);
                String text = new String(body.readNBytes(MAX_ERROR_BODY), StandardCharsets.UTF_8);
                read = body.drain(1);
                throw refusal(response, ErrorBody.parse(text), faults);
            }
        } finally {
            if (!read) {
                call.cancel();
            }
            response.close();
        }
    }

    private static void read(InputStream body, ReplyReader reader, Faults faults)
            throws IOException, InterruptedException {
        SseReader events = new SseReader(body);
        try {
            for (SseEvent event = events.next(); event != null; event = events.next()) {
                if (reader.accept(event)) {
                    return;
                }
            }
        } catch (JacksonException e) {
            throw faults.garbled("an event that is not JSON", reader.started());
        }
        if (!reader.mayEnd()) {
            throw faults.cut(reader.started());
        }
    }

    private Request request(Post post, HttpUrl url) {
        Request.Builder request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(post.body(), json))
                .header("Accept", "text/event-stream")
                // Compressed events arrive when the compressor likes.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", userAgent);
        post.endpoint().headers().forEach(request::header);
        post.headers().forEach(request::header);
        return request.build();
    }

    /// Some servers label their events as plain text, or not at all.
    private static boolean isStream(Response response) {
        String type = response.header("Content-Type");
        return response.isSuccessful()
                && (type == null || !(type.startsWith("application/json") || type.startsWith("text/html")));
    }

    private static RuntimeException refusal(Response response, ErrorBody error, Faults faults) {
        if (response.isSuccessful()) {
            return faults.noStream(response.code(), error);
        }
        Duration retryAfter =
                RetryAfter.parse(response.header("retry-after-ms"), response.header("retry-after"), Instant.now());
        return faults.answered(response.code(), error, retryAfter);
    }

    private static boolean isThisMachine(HttpUrl url) {
        String host = url.host();
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException("the call was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static String userAgent() {
        @Nullable String version = Transport.class.getPackage().getImplementationVersion();
        return "dwata/" + (version == null ? "development" : version);
    }
}
