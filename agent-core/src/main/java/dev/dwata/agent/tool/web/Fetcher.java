package dev.dwata.agent.tool.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Reads one page. Every address of a host is checked when it is resolved, and the one that was connected to
/// again before anything is sent to it; no proxy, no cookie, no credential takes part.
final class Fetcher {
    private static final int MOST_REDIRECTS = 5;

    private final Reach reach;
    private final OkHttpClient client;

    Fetcher(Reach reach) {
        this.reach = reach;
        this.client = new OkHttpClient.Builder()
                .dns(this::lookup)
                .addNetworkInterceptor(chain -> {
                    reach.check(Objects.requireNonNull(chain.connection())
                            .route()
                            .socketAddress()
                            .getAddress());
                    return chain.proceed(chain.request());
                })
                .proxy(Proxy.NO_PROXY)
                .cookieJar(CookieJar.NO_COOKIES)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(20))
                .callTimeout(Duration.ofSeconds(60))
                .build();
    }

    /// What was there.
    ///
    /// @param url       where it was in the end
    /// @param elsewhere where another host is said to have it; absent where this is it
    record Page(
            HttpUrl url,
            int status,
            String mediaType,
            String text,
            boolean truncated,
            @Nullable String elsewhere) {}

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = reach.resolve(host);
        for (InetAddress address : addresses) {
            try {
                reach.check(address);
            } catch (WebRefused e) {
                UnknownHostException refused = new UnknownHostException(host);
                refused.initCause(e);
                throw refused;
            }
        }
        return addresses;
    }

    /// @param most bytes of the body
    Page fetch(HttpUrl wanted, int most) throws IOException {
        HttpUrl url = wanted;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            check(url);
            Request request = new Request.Builder()
                    .url(url)
                    .header("User-Agent", "dwata")
                    .header("Accept", "text/html, text/*;q=0.9, application/json;q=0.9, */*;q=0.1")
                    .build();
            try (Response response = client.newCall(request).execute()) {
                String location = response.header("Location");
                HttpUrl next = response.isRedirect() && location != null ? url.resolve(location) : null;
                if (next == null) {
                    return page(url, response, most);
                }
                if (!next.host().equals(url.host())) {
                    return new Page(url, response.code(), "", "", false, next.toString());
                }
                url = next;
            }
        }
        throw new WebRefused("there were more than " + MOST_REDIRECTS + " redirects");
    }

    /// A host that is an address is connected to without being resolved.
    private void check(HttpUrl url) throws IOException {
        reach.check(url);
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new WebRefused("the address must not hold a user name or password");
        }
        String host = url.host();
        if (host.contains(":") || host.chars().allMatch(c -> c == '.' || Character.digit(c, 10) >= 0)) {
            for (InetAddress address : reach.resolve(host)) {
                reach.check(address);
            }
        }
    }

    private static Page page(HttpUrl url, Response response, int most) throws IOException {
        MediaType type = response.body().contentType();
        String name = type == null ? "application/octet-stream" : type.type() + "/" + type.subtype();
        if (!isText(name)) {
            throw new WebRefused("it is " + name + ", which is not text");
        }
        byte[] bytes;
        boolean more;
        try (InputStream body = response.body().byteStream()) {
            bytes = body.readNBytes(most);
            more = bytes.length == most && body.read() >= 0;
        }
        Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
        String text = new String(bytes, charset == null ? StandardCharsets.UTF_8 : charset);
        boolean html = name.endsWith("/html") || name.endsWith("/xhtml+xml");
        return new Page(url, response.code(), name, html ? PageText.of(text) : text, more, null);
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/")
                || mediaType.endsWith("/json")
                || mediaType.endsWith("+json")
                || mediaType.endsWith("/xml")
                || mediaType.endsWith("+xml")
                || mediaType.endsWith("/javascript");
    }
}
