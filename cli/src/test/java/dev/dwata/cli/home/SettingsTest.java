package dev.dwata.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.policy.Budget;
import dev.dwata.agent.policy.BudgetPolicy;
import dev.dwata.agent.store.Scope;
import dev.dwata.cli.output.CommandFailure;
import dev.dwata.persistence.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void prefersTheFlagThenTheEnvironmentThenTheFile() throws IOException {
        config("{\"model\":\"file/m\",\"gatewayUrl\":\"http://file\",\"host\":\"::1\",\"port\":4000}");
        Map<String, String> environment =
                Map.of("DWATA_MODEL", "environment/m", "DWATA_GATEWAY_URL", "http://environment");

        assertThat(settings(environment).model("flag/m")).isEqualTo("flag/m");
        assertThat(settings(environment).model(null)).isEqualTo("environment/m");
        assertThat(settings(Map.of()).model(null)).isEqualTo("file/m");
        assertThat(settings(environment).gatewayUrl("http://flag")).isEqualTo("http://flag");
        assertThat(settings(environment).gatewayUrl(null)).isEqualTo("http://environment");
        assertThat(settings(Map.of()).gatewayUrl(null)).isEqualTo("http://file");
        assertThat(settings(Map.of()).host("localhost")).isEqualTo("localhost");
        assertThat(settings(Map.of()).host(null)).isEqualTo("::1");
        assertThat(settings(Map.of()).port(0)).isZero();
        assertThat(settings(Map.of()).port(null)).isEqualTo(4000);
    }

    @Test
    void hasDefaultsWhereNothingIsSaid() {
        Settings settings = settings(Map.of("DWATA_MODEL", " ", "DWATA_GATEWAY_URL", ""));

        assertThat(settings.model(null)).isNull();
        assertThat(settings.gatewayUrl(null)).isNull();
        assertThat(settings.host(null)).isEqualTo("127.0.0.1");
        assertThat(settings.port(null)).isEqualTo(3336);
    }

    @Test
    void readsWhatIsConfiguredOfModels() throws IOException {
        config("{\"aliases\":{\"fast\":\"groq/x\"},\"retry\":{\"attempts\":2}}");

        assertThat(settings(Map.of()).models().aliases()).isEqualTo(Map.of("fast", "groq/x"));
        assertThat(settings(Map.of()).models().retry().attempts()).isEqualTo(2);
        assertThat(settings(Map.of()).unknownKeys()).isEmpty();
    }

    @Test
    void namesKeysThatMeanNothing() throws IOException {
        config("{\"modle\":\"x\",\"port\":1}");

        assertThat(settings(Map.of()).unknownKeys()).containsExactly("modle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\": |it is not JSON at line 1",
                "[]|it must hold a JSON object",
                "{\"model\":7}|model must be a string",
                "{\"port\":\"x\"}|port must be a number from 0 to 65535",
                "{\"port\":65536}|port must be a number from 0 to 65535",
                "{\"port\":99999999999}|port must be a number from 0 to 65535",
                "{\"model\":\"a\",\"model\":\"b\"}|it is not JSON",
                "{\"providers\":{\"x\":{\"api\":\"chat\"}}}|providers.x.baseUrl must be given",
                "{\"budgets\":7}|budgets must be an object",
                "{\"budgets\":{\"week\":{}}}|budgets.week means nothing; there are run, session, owner, day, unpriced",
                "{\"budgets\":{\"run\":7}}|budgets.run must be an object",
                "{\"budgets\":{\"run\":{\"euro\":1}}}|budgets.run.euro means nothing; there are tokens, usd, toolCalls, seconds",
                "{\"budgets\":{\"day\":{\"usd\":-1}}}|budgets.day.usd must be a number from 0 to a billion",
                "{\"budgets\":{\"day\":{\"tokens\":1.5}}}|budgets.day.tokens must be a whole number",
                "{\"budgets\":{\"day\":{\"seconds\":\"1\"}}}|budgets.day.seconds must be a number",
                "{\"budgets\":{\"unpriced\":\"maybe\"}}|budgets.unpriced must be",
                "{\"policy\":{\"rules\":7}}|policy.rules must be an array",
            })
    void saysWhatIsWrongWithTheFile(String text, String problem) throws IOException {
        config(text);

        assertThatThrownBy(() -> settings(Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(78))
                .hasMessageStartingWith(folder.resolve("config.json") + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void readsBudgets() throws IOException {
        assertThat(settings(Map.of()).budgets()).isEqualTo(BudgetPolicy.UNLIMITED);
        config("""
                {"budgets": {"run": {"usd": 0.5, "tokens": 200000, "toolCalls": 100, "seconds": 1.5},
                             "day": {"usd": 5}, "unpriced": "free"}}
                """);

        assertThat(settings(Map.of()).budgets())
                .isEqualTo(BudgetPolicy.UNLIMITED
                        .with(Scope.RUN, new Budget(200_000L, 0.5, 100L, Duration.ofMillis(1500)))
                        .with(Scope.DAY, Budget.ofUsd(5))
                        .unpricedIsFree(true));
        assertThat(settings(Map.of()).unknownKeys()).isEmpty();
    }

    private Settings settings(Map<String, String> environment) {
        return Settings.read(new DataFolder(folder), environment);
    }

    private void config(String text) throws IOException {
        Files.writeString(folder.resolve("config.json"), text);
    }
}
