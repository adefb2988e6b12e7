package dev.dwata.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void sessionIdsArePureUuids_S4_273() {
        SessionId id = SessionId.create();

        assertThat(UUID.fromString(id.value()).version()).isEqualTo(7);
        assertThat(UUID.fromString(id.value()).variant()).isEqualTo(2);
    }

    @Test
    void idsSortByTheTimeTheyWereMade() {
        UUID earlier = UuidV7.create(1_700_000_000_000L);
        UUID later = UuidV7.create(1_700_000_000_001L);

        assertThat(earlier.toString()).isLessThan(later.toString());
    }

    @Test
    void idsAreCanonical() {
        assertThat(new SessionId("01890A5D-AC96-774B-BCCE-B302099A8057").value())
                .isEqualTo("01890a5d-ac96-774b-bcce-b302099a8057");
    }

    @Test
    void badIdsAreNamed() {
        assertThatThrownBy(() -> new SessionId("1-1-1-1-1")).hasMessage("sessionId must be a UUID, not '1-1-1-1-1'");
        assertThatThrownBy(() -> new RunId("01890a5d-ac96-774b-bcce-b302099a8057"))
                .hasMessageStartingWith("runId must look like run_<uuid>");
        assertThatThrownBy(() -> new MessageId("msg_" + "x".repeat(500))).hasMessageContaining("…");
    }

    @Test
    void timesHaveThreeDigitsOfMilliseconds_C_21() {
        assertThat(Json.format(Instant.parse("2026-11-21T10:00:00Z"))).isEqualTo("2026-11-21T10:00:00.000Z");
        assertThat(Json.MAPPER.writeValueAsString(Instant.parse("2026-11-21T10:00:00.987654Z")))
                .isEqualTo("\"2026-11-21T10:00:00.987Z\"");
    }

    @Test
    void strictJsonTakesNoDuplicatesNothingAfterTheValueAndNoDepth() {
        assertThatThrownBy(() -> Json.STRICT.readTree("{\"a\":1,\"a\":2}")).hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> Json.STRICT.readTree("{} x")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Json.STRICT.readTree("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(RuntimeException.class);
    }
}
