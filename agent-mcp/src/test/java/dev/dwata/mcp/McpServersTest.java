package dev.dwata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class McpServersTest {
    @TempDir
    Path folder;

    @Test
    void toolsOfAServerAreCalledByItsNameAndTheirs() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("My Server", "usual"))) {
            assertThat(bench.names()).containsExactly("my_server.echo", "my_server.look", "my_server.put");
            assertThat(said(bench.call("my_server.echo"))).startsWith("echo ");
        }
    }

    @Test // wire.md 5: approval from their hints, at least confirm when not read-only
    void hintsDecideWhatAToolNeeds() {
        try (Bench bench = new Bench(folder, Bench.server("s", "usual"))) {
            Tool unknown = bench.tool("s.echo");
            Tool reads = bench.tool("s.look");
            Tool again = bench.tool("s.put");

            assertThat(unknown.spec().effect()).isEqualTo(Effect.ONCE);
            assertThat(unknown.spec().approval()).isEqualTo(Approval.CONFIRM);
            assertThat(unknown.spec().traits()).isEqualTo(Set.of(ToolTrait.FOREIGN, ToolTrait.WRITE, ToolTrait.EGRESS));
            assertThat(reads.spec().effect()).isEqualTo(Effect.PURE);
            assertThat(reads.spec().approval()).isEqualTo(Approval.NOTIFY);
            assertThat(reads.spec().traits()).isEqualTo(Set.of(ToolTrait.FOREIGN));
            assertThat(again.spec().effect()).isEqualTo(Effect.IDEMPOTENT);
        }
    }

    @Test
    void theConfigurationMayAskForMoreAgreementNeverForLess() {
        ObjectNode servers = Bench.server("strict", "usual");
        ((ObjectNode) servers.get("strict")).put("approval", "confirm");
        Bench.add(servers, "lax", "usual").put("approval", "auto");
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(bench.tool("strict.look").spec().approval()).isEqualTo(Approval.CONFIRM);
            assertThat(bench.tool("lax.echo").spec().approval()).isEqualTo(Approval.CONFIRM);
            assertThat(bench.tool("lax.look").spec().approval()).isEqualTo(Approval.NOTIFY);
        }
    }

    @Test // S2-70 … S2-73: SESSION_ID and what is configured, and little else
    void aServerIsGivenTheSessionAndItsVariablesOnly() throws Exception {
        ObjectNode servers = Bench.server("s", "tells its environment");
        ((ObjectNode) servers.get("s")).putObject("env").put("GIVEN", "${TOKEN}/${SESSION_ID}");
        try (Bench bench = new Bench(folder, servers)) {
            String said = said(bench.call("s.echo"));

            assertThat(said).endsWith("|" + bench.session + "|sesame-sesame/" + bench.session);
            assertThat(said).doesNotContain("SECRET_KEY", "TOKEN");
        }
    }

    @Test
    void eachSessionHasAServerOfItsOwn() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "usual"));
                Bench other = new Bench(folder, Bench.server("s", "usual"))) {
            String first = said(bench.call("s.echo"));

            assertThat(said(bench.call("s.echo"))).isEqualTo(first);
            assertThat(said(other.call("s.echo"))).isNotEqualTo(first);
        }
    }

    @Test
    void anAgentHasOnlyTheServersThatAreForIt() {
        ObjectNode servers = Bench.server("everybody", "usual");
        Bench.add(servers, "coder", "usual").putArray("agents").add("coder");
        Bench.add(servers, "off", "usual").put("disabled", true);
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(bench.names()).allMatch(name -> name.startsWith("everybody."));
            assertThat(bench.servers.tools(bench.session, "coder")).hasSize(6);
        }
    }

    @ParameterizedTest // L1
    @ValueSource(strings = {"exits at once", "speaks another language", "floods"})
    void aServerThatDoesNotWorkIsLeftOutAndTheOthersWork(String how) throws Exception {
        ObjectNode servers = Bench.server("bad", how);
        Bench.add(servers, "good", "usual");
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(bench.names()).containsExactly("good.echo", "good.look", "good.put");
            assertThat(bench.call("good.echo").succeeded()).isTrue();
            assertThat(bench.survivors()).hasSize(1);
        }
    }

    @ParameterizedTest // L1
    @ValueSource(strings = {"hangs in initialize", "never reads"})
    void aServerThatDoesNotAnswerIsLeftOutInTime(String how) {
        try (Bench bench = new Bench(folder, Bench.server("bad", how), Bench.HURRIED)) {
            assertThat(bench.names()).isEmpty();
            assertThat(bench.survivors()).isEmpty();
        }
    }

    @Test // L1
    void whatIsNoMessageIsOverlooked() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "chatters"))) {
            assertThat(bench.call("s.echo").succeeded()).isTrue();
        }
    }

    @Test // L1
    void aServerThatEndsInACallFailsTheCallAndIsStartedAgain() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "exits in a call"))) {
            ToolOutcome outcome = bench.call("s.echo");

            assertThat(outcome)
                    .isEqualTo(new ToolOutcome.Failure("MCP server 's': it has ended with exit code 7; whether the call"
                            + " did anything is not known"));
            assertThat(bench.names()).hasSize(3);
        }
    }

    @Test // L1
    void aLineOf100MegabytesEndsTheServerNotDwata() throws Exception {
        try (Bench bench = new Bench(folder, Bench.server("s", "floods calls"))) {
            assertThat(bench.call("s.echo").result().get("error").stringValue())
                    .contains("it wrote a line of more than 8 MiB");
        }
    }

    @Test
    void whyAServerDidNotStartIsSaidWithoutItsSecrets() throws Exception {
        ObjectNode servers = Bench.server("s", "exits at once");
        ((ObjectNode) servers.get("s")).putObject("env").put("SECRET", "${TOKEN}");
        try (Bench bench = new Bench(folder, servers)) {
            assertThat(catchThrowableOfType(McpException.class, () -> bench.servers.examine("s")))
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("the license of [redacted] has run out");
        }
    }

    @Test // L1, P7
    void nothingOfAStubbornServerIsLeftWhenItIsClosed() throws Exception {
        Bench bench = new Bench(folder, Bench.server("s", "stubborn"));
        bench.call("s.echo");
        assertThat(bench.survivors()).hasSizeGreaterThanOrEqualTo(4);

        bench.close();

        assertThat(bench.survivors()).isEmpty();
    }

    @Test
    void aServerThatNobodyUsesIsEndedAndStartedAgainWhenItIsNeeded() throws Exception {
        Bench.Watch watch = new Bench.Watch();
        try (Bench bench = new Bench(folder, Bench.server("s", "usual"), watch)) {
            Tool tool = bench.tool("s.echo");
            String first = said(bench.call(tool, Asking.NOBODY));
            watch.pass(Duration.ofMinutes(9));
            bench.servers.sweep();
            assertThat(bench.survivors()).hasSize(1);

            watch.pass(Duration.ofMinutes(2));
            bench.servers.sweep();

            assertThat(bench.survivors()).isEmpty();
            assertThat(said(bench.call(tool, Asking.NOBODY))).isNotEqualTo(first);
        }
    }

    @Test
    void aServerThatDoesNotStartIsTriedAgainLater() {
        Bench.Watch watch = new Bench.Watch();
        Path mark = folder.resolve("starts");
        ObjectNode servers = Json.MAPPER.createObjectNode();
        servers.putObject("s").put("command", "sh").putArray("args").add("-c").add("echo x >> " + mark + "; exit 1");
        try (Bench bench = new Bench(folder, servers, watch)) {
            List.of(bench.tools(), bench.tools(), bench.tools())
                    .forEach(none -> assertThat(none).isEmpty());
            assertThat(mark).hasContent("x");

            watch.pass(Duration.ofSeconds(31));

            assertThat(bench.tools()).isEmpty();
            assertThat(mark).hasContent("x\nx");
        }
    }

    private static String said(ToolOutcome outcome) {
        return outcome.result().path("text").asString("");
    }
}
