package dev.dwata.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.policy.ApprovalMode;
import dev.dwata.agent.policy.PolicySettings;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.PolicyRule.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSettingsTest {
    @TempDir
    Path folder;

    private static PolicySettings read(String policy) {
        return RuleSettings.read(
                Json.MAPPER.readTree("{\"policy\":" + policy + "}").path("policy"));
    }

    @Test
    void asksAsTheToolsSayWhereNothingIsSaid() {
        assertThat(read("{}")).isEqualTo(PolicySettings.NONE);
        assertThat(read("null")).isEqualTo(PolicySettings.NONE);
    }

    @Test
    void readsRules() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        PolicySettings settings = read("""
                {"approvals": "auto", "approvalMinutes": 0.5, "rules": [
                  {"effect": "allow", "tool": "shell.run", "command": " git  status "},
                  {"id": "log", "effect": "ask", "tool": "shell.run", "argv": ["git", "log", "**"]},
                  {"effect": "deny", "tool": "filesystem.*", "arguments": {"path": "secret/*"}, "folder": "%s",
                   "agent": "default", "session": "s", "owner": "local"}]}
                """.formatted(link));

        assertThat(settings.approvals()).isEqualTo(ApprovalMode.AUTO);
        assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.rules())
                .containsExactly(
                        new PolicyRule(
                                "rule-1",
                                Effect.ALLOW,
                                "shell.run",
                                null,
                                List.of("git", "status"),
                                null,
                                null,
                                null,
                                null,
                                null),
                        new PolicyRule(
                                "log",
                                Effect.ASK,
                                "shell.run",
                                null,
                                List.of("git", "log", "**"),
                                null,
                                null,
                                null,
                                null,
                                null),
                        new PolicyRule(
                                "rule-3",
                                Effect.DENY,
                                "filesystem.*",
                                Map.of("path", "secret/*"),
                                null,
                                folder.resolve("real").toRealPath().toString(),
                                "default",
                                "s",
                                "local",
                                null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|policy must be an object",
                "{\"rule\":[]}|policy.rule means nothing; there are approvals, approvalMinutes, rules",
                "{\"approvals\":\"yes\"}|policy.approvals must be one of auto, ask, never",
                "{\"approvals\":null}|policy.approvals must be one of auto, ask, never",
                "{\"approvalMinutes\":0}|policy.approvalMinutes must be a number of minutes, more than 0",
                "{\"approvalMinutes\":\"5\"}|policy.approvalMinutes must be a number of minutes",
                "{\"rules\":{}}|policy.rules must be an array of at most 1000 rules",
                "{\"rules\":[7]}|policy.rules[0] must be an object",
                "{\"rules\":[{\"effect\":\"allow\",\"tool\":\"a\",\"path\":\"b\"}]}|policy.rules[0].path means nothing",
                "{\"rules\":[{\"tool\":\"a\"}]}|policy.rules[0].effect must be one of allow, ask, deny",
                "{\"rules\":[{\"effect\":\"Allow\",\"tool\":\"a\"}]}|policy.rules[0].effect must be one of",
                "{\"rules\":[{\"effect\":\"allow\"}]}|policy.rules[0].tool must be a text",
                "{\"rules\":[{\"effect\":\"allow\",\"tool\":\" \"}]}|policy.rules[0].tool must be a text",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"*\",\"command\":\"rm\"}]}|policy.rules[0].tool must name one tool",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"command\":\"rm\",\"argv\":[\"rm\"]}]}|policy.rules[0].argv",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"argv\":[]}]}|policy.rules[0].argv must be an array",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"arguments\":{\"n\":1}}]}|policy.rules[0].arguments.n must be",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"arguments\":{}}]}|policy.rules[0].arguments must be",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"folder\":\"here\"}]}|policy.rules[0].folder must be the absolute",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"id\":\"default\"}]}|policy.rules[0].id must be",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"id\":\"always-1\"}]}|policy.rules[0].id must be",
                "{\"rules\":[{\"effect\":\"deny\",\"tool\":\"a\",\"id\":\"x\"},{\"effect\":\"deny\",\"tool\":\"b\",\"id\":\"x\"}]}"
                        + "|policy.rules[1].id: two rules are called 'x'",
            })
    void saysWhichRuleIsWrong(String policy, String problem) {
        assertThatThrownBy(() -> read(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }
}
