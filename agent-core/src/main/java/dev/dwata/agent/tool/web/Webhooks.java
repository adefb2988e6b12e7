package dev.dwata.agent.tool.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Tells other programs that something happened: over HTTPS at public addresses, and where that is allowed over
/// HTTP at this machine's own. Every address is checked when its name is resolved, and again when it was
/// connected to; no proxy, no cookie and no redirect takes part.
public final class Webhooks {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_BYTES = 64 * 1024;

    private final boolean hereToo;
    private final OkHttpClient client;

    /// @param hereToo whether this machine may be told, too
    public Webhooks(boolean hereToo) {
        this.hereToo = hereToo;
        this.client = new OkHttpClient.Builder()
                .dns(this::lookup)
                .addNetworkInterceptor(chain -> {
                    check(Objects.requireNonNull(chain.connection())
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
                .callTimeout(Duration.ofSeconds(20))
                .build();
    }

    /// What came back.
    ///
    /// @param body its first 64 KiB
    public record Reply(int status, String body) {
        public boolean isFine() {
            return status >= 200 && status < 300;
        }
    }

    /// @return why an address is not told; absent: it may be, as far as can be seen without looking its name up
    public @Nullable String refusal(String address) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            return "it is no http or https address";
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            return "it must not hold a user name or password";
        }
        String host = url.host();
        boolean literal = host.contains(":") || host.chars().allMatch(c -> c == '.' || Character.digit(c, 10) >= 0);
        try {
            boolean here = host.equals("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
            if (here) {
                return hereToo ? null : "this gateway does not tell programs of its own machine";
            }
            if (!url.isHttps()) {
                return "only https is used outside of this machine";
            }
            return literal && !PublicAddresses.contain(InetAddress.getByName(host))
                    ? "it leads to a private or reserved network"
                    : null;
        } catch (UnknownHostException e) {
            return "its host is no address";
        }
    }

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
        for (InetAddress address : addresses) {
            boolean local = host.equals("localhost") && address.isLoopbackAddress();
            if (!local && !PublicAddresses.contain(address)) {
                throw new UnknownHostException(host + " leads to a private or reserved network");
            }
        }
        return addresses;
    }

    private void check(InetAddress address) throws IOException {
        if (!PublicAddresses.contain(address) && !(hereToo && address.isLoopbackAddress())) {
            throw new WebRefused("the address leads to a private or reserved network");
        }
    }

    /// Sends one notice.
    ///
    /// @throws IOException if nobody answered, or the address is not to be told
    public Reply post(String address, String json, Map<String, String> headers) throws IOException {
        String refusal = refusal(address);
        if (refusal != null) {
            throw new WebRefused(refusal);
        }
        Request.Builder request = new Request.Builder()
                .url(address)
                .header("User-Agent", "dwata")
                .post(RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON));
        headers.forEach(request::header);
        try (Response response = client.newCall(request.build()).execute();
                InputStream body = response.body().byteStream()) {
            return new Reply(response.code(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        }
    }
}
