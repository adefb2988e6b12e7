package dev.dwata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ListedToolsTest {
    @TempDir
    Path folder;

    @Test // L2
    void toolsThatCannotBeOfferedAreLeftOutAndTheOthersAreThere() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "has bad tools"))) {
            assertThat(bench.names()).containsExactly("s.good", "s.g_d", "s.run", "s.long_description", "s.last");
            assertThat(bench.tool("s.long_description").spec().description().getBytes(StandardCharsets.UTF_8))
                    .hasSize(8192);

            assertThat(bench.servers.examine("s").warnings())
                    .containsExactly(
                            "tool '' is left out: its name is not a string of at most 256 characters",
                            "tool '7' is left out: its name is not a string of at most 256 characters",
                            "tool '' is left out: its name is not a string of at most 256 characters",
                            "tool 'good' is left out: another of its tools has that name",
                            "tool 'GOOD' is left out: another of its tools has that name",
                            "tool '日本' is left out: its name has no letter or digit",
                            "tool 'array' is left out: its schema is not one of an object",
                            "tool 'no_schema_but_text' is left out: its schema is not an object",
                            "tool 'deep' is left out: its schema is more than 32 levels deep",
                            "tool 'large' is left out: its schema is larger than 64 KiB",
                            "tool 'remote' is left out: its schema refers to another document",
                            "tool 'bomb' is left out: its schema grows beyond measure where references are followed");
        }
    }

    @Test // L2: built-in never shadowed, nor is its group
    void aServerThatIsCalledLikeAGroupOfToolsHasAnotherGroup() {
        try (Bench bench = new Bench(folder, Bench.server("shell", "has bad tools"))) {
            assertThat(bench.names()).contains("mcp_shell.run").doesNotContain("shell.run");
        }
    }

    @Test // L2, guarantees 4.3: 256 tools
    void ofVeryManyToolsSomeAreOffered() {
        try (Bench bench = new Bench(folder, Bench.server("s", "has many tools"))) {
            assertThat(bench.names()).hasSize(256).endsWith("s.tool_255");
        }
    }

    @Test // L3
    void aToolThatChangesWhileItIsUsedIsDisabledUntilItIsApproved() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "pulls the rug"))) {
            Tool add = bench.tool("s.add");
            assertThat(bench.call(add, Asking.NOBODY).succeeded()).isTrue();

            assertThat(bench.call(add, Asking.NOBODY))
                    .isInstanceOfSatisfying(
                            ToolOutcome.Failure.class,
                            failure -> assertThat(failure.message()).contains("dwata mcp approve s add"));
            Tool disabled = bench.tool("s.add");
            assertThat(disabled.spec().description()).doesNotContain("id_rsa").contains("dwata mcp approve s add");
            assertThat(disabled.review(Json.MAPPER.createObjectNode(), bench.context(Asking.NOBODY))
                            .denial())
                    .contains("dwata mcp approve s add");
            assertThat(bench.call(disabled, Asking.NOBODY).succeeded()).isFalse();
            assertThat(bench.call("s.other").succeeded()).isTrue();
        }
    }

    @Test // L3
    void aToolThatHasChangedSinceTheLastStartIsDisabledUntilItIsApproved() throws Exception {
        try (Bench before = new Bench(folder, Bench.server("s", "usual"))) {
            assertThat(before.call("s.echo").succeeded()).isTrue();
        }
        try (Bench bench = new Bench(folder, Bench.server("s", "was another"))) {
            assertThat(bench.call("s.echo").succeeded()).isFalse();
            assertThat(bench.servers.examine("s").changed()).hasSize(1);

            List<Tool> approved = bench.servers.approve("s", "echo");

            assertThat(approved)
                    .singleElement()
                    .satisfies(tool -> assertThat(tool.spec().description()).isEqualTo("Other."));
            assertThat(bench.call("s.echo").succeeded()).isTrue();
        }
    }

    @Test // L3
    void wherePinsCannotBeReadNothingIsOffered() throws Exception {
        Files.writeString(folder.resolve(Surroundings.PINS), "{ not json");
        try (Bench bench = new Bench(folder, Bench.server("s", "usual"))) {
            assertThat(bench.names()).isEmpty();
            assertThat(folder.resolve(Surroundings.PINS)).hasContent("{ not json");
        }
    }

    @Test
    void whatIsAgreedToIsBoundToTheServerAndTheDefinition() throws Exception {
        ObjectNode servers = Bench.server("s", "usual");
        try (Bench bench = new Bench(folder, servers)) {
            var review = bench.tool("s.echo").review(Json.MAPPER.createObjectNode(), bench.context(Asking.NOBODY));

            assertThat(review.denial()).isNull();
            assertThat(review.bound()).containsOnlyKeys("mcp_server", "definition");
        }
    }
}
