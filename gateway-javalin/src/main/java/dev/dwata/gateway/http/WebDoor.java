package dev.dwata.gateway.http;

import dev.dwata.agent.store.Tokens;
import dev.dwata.gateway.auth.BearerToken;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Gatekeeper;
import dev.dwata.gateway.auth.OneTimeCodes;
import dev.dwata.gateway.auth.Scope;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// The page that is served at `/`, and how it is signed in. Its files are the few that are named here,
/// nothing else can be asked for; they need no token, since they hold nothing of anybody's.
public final class WebDoor implements Door {
    /// Where a code is exchanged, which needs no token.
    static final String SIGN_IN = "/api/v1/web/tokens";

    private static final String ASSETS = "/assets/";

    private static final Map<String, String> TYPES =
            Map.of("page.js", "text/javascript; charset=utf-8", "page.css", "text/css; charset=utf-8");

    private final OneTimeCodes codes;
    private final Gatekeeper gatekeeper;

    public WebDoor(Tokens tokens, Gatekeeper gatekeeper) {
        this.codes = new OneTimeCodes(tokens, System::nanoTime);
        this.gatekeeper = gatekeeper;
    }

    /// @param code      to be exchanged once
    /// @param expiresMs how long it is good for, in milliseconds
    public record Code(String code, long expiresMs) {}

    /// @param token     a bearer token
    /// @param expiresMs how long it is in force at most, in milliseconds
    public record SignedIn(String token, long expiresMs) {}

    /// @param code that `POST /api/v1/web/codes` gave
    public record SignIn(String code) {}

    @Override
    public void register(RouteTable routes) {
        routes.post("/api/v1/web/codes", Scope.READ, this::issue)
                .about("web", "Ask for a code that signs a page in")
                .answers(201, Code.class, "the code, good once and for a minute");
        routes.open(HandlerType.POST, SIGN_IN, this::exchange)
                .about("web", "Exchange a code for a token of the page's own")
                .answers(201, SignedIn.class, "the token");
        TYPES.forEach(
                (name, type) -> routes.open(HandlerType.GET, ASSETS + name, context -> send(context, name, type)));
    }

    static boolean isAsset(String path) {
        return path.startsWith(ASSETS) && TYPES.containsKey(path.substring(ASSETS.length()));
    }

    /// The page itself.
    static void page(Context context) {
        send(context, "page.html", "text/html; charset=utf-8");
    }

    private static void send(Context context, String name, String type) {
        try (InputStream in = Objects.requireNonNull(WebDoor.class.getResourceAsStream(name), name)) {
            context.contentType(type).result(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void issue(Context context, Caller caller) {
        Asked.bodyIfAny(context);
        RestApi.json(context, 201, new Code(codes.issue(caller), OneTimeCodes.GOOD_FOR.toMillis()));
    }

    private void exchange(Context context) throws UnknownHostException {
        JsonNode code = Asked.body(context).path("code");
        if (!code.isString()) {
            throw Asked.invalid("code must be a string");
        }
        InetAddress peer = InetAddress.getByName(context.req().getRemoteAddr());
        BearerToken token = gatekeeper.attempt(peer, () -> codes.exchange(code.stringValue()));
        RestApi.json(context, 201, new SignedIn(token.reveal(), OneTimeCodes.SIGNED_IN.toMillis()));
    }
}
