package dev.dwata.agent.provider.failures;

import static dev.dwata.agent.provider.failures.ProviderLab.completed;
import static dev.dwata.agent.provider.failures.ProviderLab.end;
import static dev.dwata.agent.provider.failures.ProviderLab.message;
import static dev.dwata.agent.provider.failures.ProviderLab.text;
import static dev.dwata.agent.provider.failures.ProviderLab.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunFailed;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run makes of a stream that is odd, but one: G10.
@Timeout(60)
class OddStreamTest {
    private final ProviderLab lab = new ProviderLab();

    @AfterEach
    void close() {
        lab.close();
    }

    /// No choices, no usage, usage that is none, comments, events nobody knows, a mark at the beginning, other
    /// ends of lines.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[]}\n\n",
                "data: {}\n\n",
                "data: {\"choices\":null,\"usage\":null}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":\"many\",\"completion_tokens\":null}}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0}}\n\n",
                "data: {\"choices\":[{\"delta\":null}]}\n\n",
                ": still here\n\n",
                "event: weather\ndata: {\"sun\":true}\n\n",
                "id: 7\nretry: 5\n\n",
                "\uFEFF",
                "\r\n\r\n"
            })
    void understandsTheRest(String oddity) {
        lab.streams(oddity + text("Hi") + oddity.replace("\uFEFF", "") + end("stop"));
        assertThat(lab.run("Hello")).isEqualTo(hi());
    }

    @Test
    void doesNotMindHowLinesEndOrBytesAreSplit() {
        byte[] stream = (text("Hi") + end("stop")).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        lab.server.answer((request, wire) -> wire.stream().chunkEach(stream).end());
        assertThat(lab.run("Hello")).isEqualTo(hi());
    }

    /// A character that comes in two chunks.
    @Test
    void joinsACharacterThatWasTakenApart() {
        byte[] stream = (text("né 🎉") + end("stop")).getBytes(StandardCharsets.UTF_8);
        lab.server.answer((request, wire) -> wire.stream().chunkEach(stream).end());
        assertThat(lab.run("Hello").getLast()).isEqualTo(completed("né 🎉", 1));
    }

    /// A line of 3 MB is over the limit, and refused in words before it is held in memory.
    @Test
    void failsWhereALineIsTooLong() {
        for (int i = 0; i < 5; i++) {
            lab.server.answer((request, wire) -> wire.stream().chunk(text("x".repeat(3 << 20))));
        }
        assertThat(lab.run("Hello").getLast())
                .isEqualTo(new RunFailed(new AgentError.ModelUnavailable(
                        "no answer from lab: the connection was lost, a line of the answer is over 1048576 bytes"
                                + " (asked 5 times)",
                        null)));
    }

    private static List<AgentEvent> hi() {
        return List.of(message("Hello"), new Token("Hi", 1), turn(1, "lab/m", new Part.Text("Hi")), completed("Hi", 1));
    }
}
