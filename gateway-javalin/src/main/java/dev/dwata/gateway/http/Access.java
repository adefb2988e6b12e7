package dev.dwata.gateway.http;

import dev.dwata.types.AgentError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who may ask: programs of this machine, and pages that this server itself served. A page of any other site is
/// refused whatever name it reaches this machine by.
final class Access {
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /// Where bodies of other types are welcome.
    private static final String UPLOADS = "/api/v1/attachments";

    private static final String STREAMS = "/v1/stream/";

    private static final String MERGE_PATCH = "application/merge-patch+json";

    /// What is shown to everybody, and the WebSocket, whose clients say who they are in their first message.
    private static final Set<String> OPEN =
            Set.of("/", "/health", "/ws", "/openapi.json", "/schemas", "/v1/stream/__ds/jwks.json");
    private static final String SCHEMAS = "/schemas/";

    /// Names under which people put tokens into URLs, which end up in histories and logs.
    private static final Pattern TOKEN_IN_QUERY = Pattern.compile(
            "(?:^|&)(?:access_token|auth_token|token|api_key|apikey|authorization|bearer)=", Pattern.CASE_INSENSITIVE);

    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    /// What is done there needs the token of a wake, which is checked there.
    private static final Pattern WITH_OWN_TOKEN =
            Pattern.compile("/v1/stream/__ds/subscriptions/[^/]+/(?:callback|ack|release)");

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();
    private final Cors cors;

    /// @param scheme `http` or `https`
    /// @param names  under which the gateway is reached besides those of this machine
    Access(String scheme, Set<String> names, int port, Cors cors) {
        this.cors = cors;
        Set<String> all = new HashSet<>(OWN_NAMES);
        names.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        for (String name : all) {
            add(scheme, name + ":" + port);
            if (usual) {
                add(scheme, name);
            }
        }
    }

    private void add(String scheme, String host) {
        hosts.add(host);
        origins.add(scheme + "://" + host);
    }

    /// What a request says of itself, as it was sent.
    ///
    /// @param query       as sent; absent where there is none
    /// @param fetchSite   `Sec-Fetch-Site`; absent where no browser speaks
    /// @param contentType absent where there is none
    record Asked(
            String method,
            String path,
            @Nullable String query,
            List<String> hosts,
            List<String> origins,
            @Nullable String fetchSite,
            @Nullable String contentType) {}

    record Refusal(int status, AgentError error) {}

    @Nullable
    Refusal refusal(Asked asked) {
        if (asked.hosts.size() != 1 || !hosts.contains(asked.hosts.getFirst())) {
            return new Refusal(
                    421, new AgentError.InvalidRequest("Host must be one of " + String.join(", ", sorted(hosts))));
        }
        boolean invited = asked.origins.size() == 1 && cors.allows(asked.path, asked.origins.getFirst());
        if (asked.origins.size() > 1 || !(invited || origins.containsAll(asked.origins))) {
            return new Refusal(403, new AgentError.Forbidden("pages of another origin are refused"));
        }
        if (asked.fetchSite != null && !invited && !ownSite(asked.fetchSite, asked.method)) {
            return new Refusal(403, new AgentError.Forbidden("requests from another site are refused"));
        }
        if (asked.query != null && TOKEN_IN_QUERY.matcher(asked.query).find()) {
            return new Refusal(
                    400,
                    new AgentError.InvalidRequest("a token never belongs in a URL: send it in the header"
                            + " 'Authorization: Bearer TOKEN', and replace this one, which others may have seen"));
        }
        if (WITH_BODY.contains(asked.method) && !takesAnything(asked.path) && !isJson(asked.contentType)) {
            return new Refusal(415, new AgentError.Unsupported("Content-Type must be application/json"));
        }
        return null;
    }

    /// Whether a request is answered whoever sends it.
    static boolean isOpen(String method, String path) {
        return switch (method) {
            case "GET", "HEAD" -> OPEN.contains(path) || WebDoor.isAsset(path) || path.startsWith(SCHEMAS);
            case "POST" ->
                path.equals(WebDoor.SIGN_IN) || WITH_OWN_TOKEN.matcher(path).matches();
            default -> false;
        };
    }

    /// Where the content type is the client's own matter.
    private static boolean takesAnything(String path) {
        return path.equals(UPLOADS) || path.startsWith(STREAMS);
    }

    /// What a browser asks before a page of another origin may ask; it shows no token then.
    boolean isPreflight(Asked asked) {
        return asked.method.equals("OPTIONS") && cors.covers(asked.path);
    }

    Cors cors() {
        return cors;
    }

    private static boolean ownSite(String fetchSite, String method) {
        return fetchSite.equals("same-origin") || (fetchSite.equals("none") && method.equals("GET"));
    }

    private static boolean isJson(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        return type.equalsIgnoreCase("application/json") || type.equalsIgnoreCase(MERGE_PATCH);
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
