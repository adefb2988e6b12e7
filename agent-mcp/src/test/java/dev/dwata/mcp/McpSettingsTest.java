package dev.dwata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.mcp.McpServer.Address;
import dev.dwata.mcp.McpServer.Command;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "a$b", "HOME", "/home/me");

    @Test
    void readsTheCommonShape() {
        McpSettings settings = read("""
                {"files": {"command": "npx", "args": ["-y", "server"], "cwd": "sub",
                           "env": {"A": "1", "B": "${TOKEN}-${NOT_SET:-usual}-${SESSION_ID}"}},
                 "web": {"type": "http", "url": "https://mcp.example/mcp", "headers": {"Authorization": "Bearer ${TOKEN}"},
                         "timeoutMs": 5000, "agents": ["coder"], "approval": "confirm"},
                 "off": {"command": "x", "env": {"A": "${NOT_SET}"}, "disabled": true}}""");

        assertThat(settings.servers())
                .containsEntry(
                        "files",
                        new McpServer(
                                "files",
                                new Command(
                                        "npx",
                                        List.of("-y", "server"),
                                        Map.of("A", "1", "B", "a$b-usual-${SESSION_ID}"),
                                        Path.of("sub")),
                                Duration.ofSeconds(60),
                                null,
                                Approval.AUTO,
                                false))
                .containsEntry(
                        "web",
                        new McpServer(
                                "web",
                                new Address(
                                        URI.create("https://mcp.example/mcp"), Map.of("Authorization", "Bearer a$b")),
                                Duration.ofSeconds(5),
                                Set.of("coder"),
                                Approval.CONFIRM,
                                false));
        assertThat(settings.servers().get("off").isFor("anybody")).isFalse();
        assertThat(settings.servers().get("web").isFor("coder")).isTrue();
        assertThat(settings.servers().get("web").isFor("default")).isFalse();
        assertThat(settings.variables()).isEqualTo(Set.of("TOKEN"));
        assertThat(settings.toString()).doesNotContain("a$b");
    }

    @Test
    void thereNeedNotBeAny() {
        assertThat(McpSettings.read(Json.MAPPER.createObjectNode(), Map.of())).isEqualTo(McpSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    []                                               | mcpServers must be an object
                    {"a": 1}                                         | mcpServers.a must be an object
                    {"a": {}}                                        | mcpServers.a must have either 'command' or 'url'
                    {"a": {"command": "x", "url": "http://h/"}}      | mcpServers.a must have either 'command' or 'url'
                    {"a": {"comand": "x"}}                           | mcpServers.a.comand means nothing; known are agents,
                    {"a": {"command": " "}}                          | mcpServers.a.command must be a string that is not blank
                    {"a": {"command": "x", "args": "y"}}             | mcpServers.a.args must be an array of strings
                    {"a": {"command": "x", "env": {"B": 1}}}         | mcpServers.a.env.B must be a string
                    {"a": {"command": "x", "env": {"B C": ""}}}      | mcpServers.a.env.B C must be named with letters
                    {"a": {"command": "x", "env": {"B": "${NO}"}}}   | mcpServers.a.env.B needs the environment variable NO, which is not set
                    {"a": {"command": "x", "headers": {}}}           | mcpServers.a.headers does not go with 'command'
                    {"a": {"url": "http://h/", "env": {}}}           | mcpServers.a.env does not go with 'url'
                    {"a": {"url": "ftp://h/"}}                       | mcpServers.a.url must be an http or https URL
                    {"a": {"url": "http://u:p@h/"}}                  | mcpServers.a.url must be an http or https URL without a password
                    {"a": {"url": "http://h/", "type": "sse"}}       | mcpServers.a.type must be http, or left out: sse is not spoken
                    {"a": {"url": "http://h/", "headers": {"X": "a\\nb"}}} | mcpServers.a.headers.X must be a header
                    {"a": {"command": "x", "timeoutMs": 0}}          | mcpServers.a.timeoutMs must be a whole number from 1 to 1800000
                    {"a": {"command": "x", "disabled": "yes"}}       | mcpServers.a.disabled must be true or false
                    {"a": {"command": "x", "approval": "never"}}     | mcpServers.a.approval must be auto, notify or confirm
                    {"é": {"command": "x"}}                          | mcpServers.é must be named with letters and digits
                    {"a b": {"command": "x"}, "A-B": {"command": "x"}} | mcpServers.A-B must be named with letters and digits, at most 40, and not like another: its tools are called 'a_b.…' as are those of a b
                    """)
    void whatIsWrongIsSaidWithItsKey(String servers, String message) {
        assertThatThrownBy(() -> read(servers))
                .isInstanceOf(AgentException.class)
                .satisfies(
                        e -> assertThat(((AgentException) e).error().message()).startsWith(message));
    }

    private static McpSettings read(String servers) {
        return McpSettings.read(Json.MAPPER.readTree("{\"mcpServers\":" + servers + "}"), ENVIRONMENT);
    }
}
