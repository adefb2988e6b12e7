package dev.dwata.agent.remote;

import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.MediaTypes;
import dev.dwata.agent.store.ReceivedFile;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.ErrorPayload;
import dev.dwata.types.Json;
import dev.dwata.types.wire.AttachmentPayload;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Gives files to a gateway, as they are read. What it would refuse is refused before it is sent, as far as
/// that can be told: an answer to what is still being sent may not be heard.
final class Uploads {
    private static final int BUFFER = 64 << 10;
    private static final long MOST_ANSWER = 64 << 10;
    private static final Duration MOST_TIME = Duration.ofMinutes(5);

    private final OkHttpClient http;
    private final GatewayAddress address;

    Uploads(OkHttpClient http, GatewayAddress address) {
        this.http = http.newBuilder()
                .callTimeout(MOST_TIME)
                .followRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
        this.address = address;
    }

    /// @throws IOException    if the stream cannot be read, or the gateway not be reached
    /// @throws AgentException with what the gateway says
    AttachmentPayload send(InputStream bytes, String mediaType, String name) throws IOException {
        String type = MediaTypes.allowed(mediaType);
        BufferedInputStream checked = new BufferedInputStream(bytes, MediaTypes.HEAD_BYTES);
        checked.mark(MediaTypes.HEAD_BYTES);
        byte[] head = checked.readNBytes(MediaTypes.HEAD_BYTES);
        checked.reset();
        if (head.length > 0) {
            MediaTypes.check(type, head, name);
        }
        Body body = new Body(checked);
        Request.Builder request = new Request.Builder()
                .url(address.httpUrl("/api/v1/attachments"))
                .header("Content-Type", type)
                .header("X-File-Name", encoded(name))
                .post(body);
        if (address.token() != null) {
            request.header("Authorization", "Bearer " + address.token());
        }
        return send(request.build(), body, name);
    }

    private AttachmentPayload send(Request request, Body body, String name) throws IOException {
        try (Response response = http.newCall(request).execute()) {
            JsonNode said = read(response);
            if (response.isSuccessful()) {
                return Json.MAPPER.treeToValue(said, AttachmentPayload.class);
            }
            throw new AgentException(error(said, response.code()));
        } catch (IOException e) {
            if (body.isTooLarge()) {
                throw ReceivedFile.tooLarge(name);
            }
            throw e;
        } catch (IllegalArgumentException | JacksonException e) {
            throw new AgentException(new AgentError.Internal("the gateway's answer makes no sense"), e);
        }
    }

    /// A header has no place for anything but ASCII.
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static @Nullable JsonNode read(Response response) throws IOException {
        String text = response.peekBody(MOST_ANSWER).string();
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static AgentError error(@Nullable JsonNode said, int status) {
        if (said == null) {
            return new AgentError.Internal("the gateway answered with HTTP status " + status);
        }
        return new ErrorPayload(
                        said.path("error").asString("the gateway gave no reason"),
                        said.path("code").asString("INTERNAL"),
                        said.path("retryable").asBoolean(false),
                        null,
                        false,
                        null)
                .toError();
    }

    private static final class Body extends RequestBody {
        private final InputStream bytes;
        private boolean tooLarge;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null; // the header says it, as it was given
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            OutputStream out = sink.outputStream();
            byte[] buffer = new byte[BUFFER];
            long sent = 0;
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                sent += read;
                if (sent > Attachments.MAX_BYTES) {
                    tooLarge = true;
                    throw new IOException("the file is too large");
                }
                out.write(buffer, 0, read);
            }
        }

        /// Whether it was not sent to its end for that; the gateway has taken none of it then.
        boolean isTooLarge() {
            return tooLarge;
        }
    }
}
