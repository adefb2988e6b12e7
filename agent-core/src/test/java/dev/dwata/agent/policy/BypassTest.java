package dev.dwata.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.process.Processes;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.shell.Commands;
import dev.dwata.agent.tool.shell.ShellRun;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.PolicyRule.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A rule allows `git status`; nothing else gets through, however it is written. With the shell tool's own
/// review of each call.
class BypassTest {
    private static final ToolContext CONTEXT = new ToolContext(
            Calls.ORIGIN.owner(), Calls.SESSION, Calls.ORIGIN.run(), "call_1", (progress, message) -> {});
    private static final PolicyRule STATUS = Calls.about("status", Effect.ALLOW, "git", "status");

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private final InMemoryStore store = new InMemoryStore();
    private Processes processes;
    private Tool tool;

    @BeforeEach
    void begin() throws Exception {
        Path programs = Files.createDirectory(state.resolve("programs"));
        for (String name : List.of("git", "rm", "env", "nice", "xargs", "time", "sh", "nohup")) {
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
        processes = new Processes(store.children(), Map.of("PATH", programs.toString()));
        tool = new ShellRun(Workspace.at(folder), new Commands(processes, state.resolve("output"))).tool();
    }

    @AfterEach
    void end() {
        processes.close();
        store.close();
    }

    private ProposedCall call(JsonNode arguments) throws Exception {
        CallReview review = tool.review(arguments, CONTEXT);
        return new ProposedCall(tool.spec(), arguments, review, Calls.ORIGIN);
    }

    private ProposedCall line(String command) throws Exception {
        return call(Json.MAPPER.createObjectNode().put("command", command));
    }

    private ProposedCall argv(String... argv) throws Exception {
        return call(Json.MAPPER.valueToTree(Map.of("argv", argv)));
    }

    private static Verdict verdict(ProposedCall call, PolicyRule... rules) {
        return Calls.policy(rules).decide(call).verdict();
    }

    @Test
    void theCommandItselfIsAllowed() throws Exception {
        assertThat(verdict(line("git status"), STATUS)).isEqualTo(Verdict.ALLOW);
        assertThat(verdict(argv("git", "status"), STATUS)).isEqualTo(Verdict.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git status; rm x",
                "git status;rm x",
                "git status && rm x",
                "git status || rm x",
                "git status | sh",
                "git status & rm x",
                "git status $(rm x)",
                "git status `rm x`",
                "git status\nrm x",
                "git status\r\nrm x",
                "git status\rrm x",
                "git\tstatus",
                "git status > x",
                "git status < x",
                "git status 2>&1",
                "git status <<E\nE",
                "git status <(rm x)",
                "git -c core.pager=x status",
                "git --exec-path=. status",
                "git -C . status",
                "GIT_PAGER=x git status",
                "FOO=1 git status",
                "sh -c 'git status'",
                "env git status",
                "nice git status",
                "xargs git status",
                "time git status",
                "nohup git status",
                "exec git status",
                "command git status",
                "eval git status",
                "! git status",
                "{ git status; }",
                "(git status)",
                "git status *",
                "git status ?",
                "git status [a]",
                "git status {a,b}",
                "git status ~",
                "git status $HOME",
                "git status ${HOME}",
                "g\\it status",
                "git status\\\n; rm x",
                "git status # x",
                "git 'status",
                "git stat'us'",
                "\"git\"status",
                "git status -s",
                "git statusx",
                "./git status",
                "\u001b[31mgit status",
                "git \u202Estatus",
                "git sta\u200Btus",
                "git\u00A0status",
                "g\u0456t status",
                "git st\u0430tus",
                "\u200Egit status",
                "git status\u0000; rm x",
                "git status\u2028rm x",
                "git status\u0085rm x",
                "git status\u000Brm x"
            })
    void nothingThatOnlyLooksLikeItIs_K4_K5(String command) throws Exception {
        assertThat(verdict(line(command), STATUS)).isEqualTo(Verdict.ASK);
    }

    @Test
    void neitherIsALongOneWithItsBadPartAtTheEnd_K4() throws Exception {
        String words = " a".repeat(10_000);
        assertThat(verdict(line("git status" + words + "; rm x"), STATUS)).isEqualTo(Verdict.ASK);
        assertThat(verdict(line("git status" + " ".repeat(20_000) + "; rm x"), STATUS))
                .isEqualTo(Verdict.ASK);
        assertThat(verdict(line("git status" + "\n".repeat(500) + "rm x"), STATUS))
                .isEqualTo(Verdict.ASK);
        assertThat(verdict(line("git status" + words + "; rm x"), Calls.about("any", Effect.ALLOW, "git", "**")))
                .isEqualTo(Verdict.ASK);
    }

    @Test
    void neitherIsAListWithAnotherPart_K5() throws Exception {
        for (String[] argv : List.of(
                new String[] {"git", "-c", "core.pager=x", "status"},
                new String[] {"git", "status", "*"},
                new String[] {"git", "status", ""},
                new String[] {"git", "status", "**"},
                new String[] {"git", "status;rm"},
                new String[] {"env", "git", "status"},
                new String[] {"sh", "-c", "git status"})) {
            assertThat(verdict(call(Json.MAPPER.valueToTree(Map.of("argv", argv))), STATUS))
                    .as(String.join("|", argv))
                    .isNotEqualTo(Verdict.ALLOW);
        }
    }

    @Test
    void whatIsDeniedIsNotHiddenByAShell_K5() throws Exception {
        PolicySettings settings = Calls.settings(
                        Calls.about("no-rm", Effect.DENY, "rm", "**"), Calls.rule("shell", Effect.ALLOW, "shell.run"))
                .with(ApprovalMode.AUTO, true);
        RulePolicy policy = Calls.policy(settings);
        assertThat(policy.decide(line("rm x")).verdict()).isEqualTo(Verdict.DENY);
        assertThat(policy.decide(argv("rm", "x")).verdict()).isEqualTo(Verdict.DENY);
        assertThat(policy.decide(line("true; rm x")).verdict()).isEqualTo(Verdict.ASK);
        assertThat(policy.decide(line("git status")).verdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void anAnswerOfAlwaysIsForThatLineAlone_K6() throws Exception {
        ProposedCall agreed = line("git status && git log");
        RulePolicy learnt = Calls.learnt(
                Objects.requireNonNull(Calls.policy().decide(agreed).always()));
        assertThat(learnt.decide(agreed).verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(learnt.decide(line("git status && git log; rm x")).verdict()).isEqualTo(Verdict.ASK);
        assertThat(learnt.decide(line("git status")).verdict()).isEqualTo(Verdict.ASK);
    }

    @Test
    void noToolChangesRulesOrSettings_K7() {
        assertThat(BuiltInTools.forWorkspace(folder, state, store))
                .extracting(Tool::spec)
                .extracting(ToolSpec::name)
                .isNotEmpty()
                .noneMatch(name -> name.matches(".*(policy|rule|config|setting|approv|trust|mcp).*"));
    }
}
