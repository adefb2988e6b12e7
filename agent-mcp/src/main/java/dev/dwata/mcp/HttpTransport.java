package dev.dwata.mcp;

import dev.dwata.mcp.McpServer.Address;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/// The SDK's streamable HTTP, kept to one address: it follows no redirects, answers are bounded, and headers go
/// nowhere else.
final class HttpTransport {
    static final int LARGEST = 8 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private HttpTransport() {}

    static McpClientTransport to(Address address, McpJsonMapper json) {
        return to(address, json, InetAddress::getAllByName);
    }

    static McpClientTransport to(Address address, McpJsonMapper json, Hosts.Lookup lookup) {
        URI url = address.url();
        Hosts hosts = new Hosts(url, lookup);
        McpSyncHttpClientRequestCustomizer each = (request, method, target, body, context) -> {
            try {
                hosts.check(target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            address.headers().forEach(request::setHeader);
        };
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return HttpClientStreamableHttpTransport.builder(url.getScheme() + "://" + url.getRawAuthority())
                .endpoint(path + query)
                .customizeClient(client -> client.followRedirects(HttpClient.Redirect.NEVER))
                .connectTimeout(CONNECT)
                .jsonMapper(json)
                .maxResponseSize(LARGEST)
                .supportedProtocolVersions(Versions.SPOKEN)
                .addHttpRequestCustomizer(each)
                .build();
    }
}
