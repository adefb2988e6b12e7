package dev.dwata.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Approval;
import dev.dwata.types.ClientType;
import dev.dwata.types.Json;
import dev.dwata.types.MessageId;
import dev.dwata.types.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanTextTest {

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "plain,plain",
        "\uD83E\uDD84,\uD83E\uDD84",
        "\uD83E,\uFFFD",
        "\uDD84,\uFFFD",
        "\uDD84\uD83E,\uFFFD\uFFFD",
        "\uD83E\uD83E\uDD84,\uFFFD\uD83E\uDD84",
        "a\u0000b,a\uFFFDb",
        "\\u0000,\\u0000"
    })
    void replacesNulAndHalvesOfPairs(String text, String clean) {
        assertThat(CleanText.of(text)).isEqualTo(clean);
    }

    @Test
    void leavesACleanEventAsItIs() {
        AgentEvent event = called("call_1", "{\"key\":\"\uD83E\uDD84\"}");
        AgentEvent speakingOfNul = called("call_1", "{\"key\":\"\\\\u0000\"}");

        assertThat(CleanText.of(event)).isSameAs(event);
        assertThat(CleanText.of(speakingOfNul)).isEqualTo(speakingOfNul);
    }

    @Test
    void cleansNamesAndValuesAtAnyDepth() {
        assertThat(CleanText.of(called("call\0", "{\"a\":[{\"k\\u0000\":\"v\\ud800\",\"n\":1.5}]}")))
                .isEqualTo(called("call\uFFFD", "{\"a\":[{\"k\uFFFD\":\"v\uFFFD\",\"n\":1.5}]}"));
    }

    private static AgentEvent called(String id, String arguments) {
        return new AgentEvent.ToolCalled(id, "memory.get", Json.MAPPER.readTree(arguments), Approval.AUTO);
    }

    @Test
    void cleansWhatAnErrorSays() {
        assertThat(CleanText.of(new AgentEvent.RunFailed(new AgentError.LimitReached("bad \0", "maxTurns", 30))))
                .isEqualTo(new AgentEvent.RunFailed(new AgentError.LimitReached("bad \uFFFD", "maxTurns", 30)));
    }

    @Test
    void cleansWhatItDoesNotKnow() {
        assertThat(CleanText.of(new AgentEvent.Unknown("new\0", Json.MAPPER.readTree("[\"\\u0000\"]"))))
                .isEqualTo(new AgentEvent.Unknown("new\uFFFD", Json.MAPPER.readTree("[\"\uFFFD\"]")));
    }

    @Test
    void cutsTheTimeOfAMessageToMilliseconds() {
        MessageId id = MessageId.create();
        Instant precise = Instant.parse("2026-03-01T12:00:00.123456Z");

        assertThat(CleanText.of(message(id, precise)))
                .isEqualTo(message(id, Instant.parse("2026-03-01T12:00:00.123Z")));
    }

    private static AgentEvent.MessageReceived message(MessageId id, Instant time) {
        return new AgentEvent.MessageReceived(id, Role.USER, "Hi", time, ClientType.CLI, null, null);
    }
}
