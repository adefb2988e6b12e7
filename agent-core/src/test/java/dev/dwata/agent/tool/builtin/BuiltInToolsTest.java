package dev.dwata.agent.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.types.AgentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S4-150, S4-157, S4-158
class BuiltInToolsTest {
    @TempDir
    Path root;

    @Test
    void areOfferedUnderTheirNamesAndWork() throws Exception {
        Files.writeString(root.resolve("notes.txt"), "hello");
        ToolCalls tools = ToolCalls.of(BuiltInTools.forWorkspace(root, new InMemoryStore()));

        assertThat(tools.tools().specs())
                .extracting(spec -> spec.name())
                .containsExactly(
                        "filesystem.list",
                        "filesystem.read",
                        "filesystem.find",
                        "filesystem.search",
                        "filesystem.write",
                        "filesystem.edit",
                        "filesystem.move",
                        "filesystem.delete",
                        "memory.get",
                        "memory.set",
                        "memory.list",
                        "memory.search",
                        "memory.delete",
                        "items.list",
                        "items.search",
                        "items.get",
                        "items.create",
                        "items.update",
                        "items.delete",
                        "sessions.list",
                        "sessions.search",
                        "sessions.get",
                        "sessions.switch",
                        "web.fetch",
                        "ask_user");
        assertThat(tools.call("filesystem.read", Map.of("path", "notes.txt"))
                        .get("content")
                        .stringValue())
                .isEqualTo("hello");
        assertThat(tools.call("memory.list", Map.of()).get("total").intValue()).isZero();
        assertThat(tools.call("sessions.list", Map.of()).get("total").intValue())
                .isZero();
    }

    @Test
    void describeTheirArgumentsInSnakeCaseAndClosed() {
        assertThat(BuiltInTools.forWorkspace(root, new InMemoryStore()))
                .extracting(Tool::spec)
                .allSatisfy(spec -> {
                    assertThat(spec.parameters().get("additionalProperties").booleanValue())
                            .isFalse();
                    assertThat(spec.parameters().get("properties").propertyNames())
                            .allMatch(name -> name.matches("[a-z]+(_[a-z]+)*"));
                    assertThat(spec.description()).endsWith(".");
                });
    }

    @Test
    void needAFolder() {
        assertThatThrownBy(() -> BuiltInTools.forWorkspace(root.resolve("missing"), new InMemoryStore()))
                .isInstanceOf(AgentException.class);
    }
}
