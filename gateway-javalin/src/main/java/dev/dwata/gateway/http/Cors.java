package dev.dwata.gateway.http;

import java.net.URI;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// Which pages of other origins may use the streams at `/v1/stream`, and nothing else. By default none.
///
/// @param origin for example `https://app.example.com`, or `*` for all; absent: none
public record Cors(@Nullable String origin) {
    public static final Cors NONE = new Cors(null);

    private static final String ANY = "*";
    private static final String ROOT = "/v1/stream/";

    private static final String METHODS = "GET, POST, PUT, DELETE, HEAD, OPTIONS";
    private static final String ALLOWED =
            "authorization, content-type, if-none-match, accept, cache-control, last-event-id, "
                    + "stream-seq, stream-ttl, stream-expires-at, stream-closed, stream-cursor, stream-next-offset, "
                    + "stream-up-to-date, stream-forked-from, stream-fork-offset, stream-fork-sub-offset, "
                    + "producer-id, producer-epoch, producer-seq";
    private static final String EXPOSED =
            "Stream-Next-Offset, Stream-Cursor, Stream-Up-To-Date, Stream-Closed, Stream-TTL, "
                    + "Stream-Expires-At, Stream-SSE-Data-Encoding, Producer-Epoch, Producer-Seq, Producer-Expected-Seq, "
                    + "Producer-Received-Seq, ETag, Location, Content-Type, Retry-After";

    public Cors {
        if (origin != null && !origin.equals(ANY) && !isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "an origin is * or such as https://app.example.com, without a path, not '" + origin + "'");
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null
                    && uri.getScheme().matches("https?")
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && text.equals(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether the door is open to other origins there at all.
    boolean covers(String path) {
        return origin != null && path.startsWith(ROOT);
    }

    boolean allows(String path, String from) {
        return covers(path) && (ANY.equals(origin) || from.equals(origin));
    }

    /// Tells a browser so, on every answer: also of an error its page may know.
    void write(String path, HttpFields.Mutable headers) {
        if (origin == null || !covers(path)) {
            return;
        }
        headers.put("Access-Control-Allow-Origin", origin);
        if (!ANY.equals(origin)) {
            headers.add("Vary", "Origin");
        }
        headers.put("Access-Control-Allow-Methods", METHODS);
        headers.put("Access-Control-Allow-Headers", ALLOWED);
        headers.put("Access-Control-Expose-Headers", EXPOSED);
        headers.put("Access-Control-Max-Age", "600");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    }
}
