package dev.dwata.gateway.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// 4.3: 200 messages a second, softly.
class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);
    private final Pace pace = new Pace(200, 100, now::get);

    private int passAtOnce() {
        int passed = 0;
        while (pace.next() == 0) {
            passed++;
        }
        return passed;
    }

    @Test
    void letsSomePassAtOnceAndThenOneAfterTheOther() {
        assertThat(passAtOnce()).isEqualTo(100);
        assertThat(pace.next()).isEqualTo(2 * SECOND / 200);
        assertThat(pace.next()).isEqualTo(3 * SECOND / 200);
    }

    @Test
    void savesUpInAPauseButNotForEver() {
        passAtOnce();

        now.addAndGet(SECOND / 4);
        assertThat(passAtOnce()).isEqualTo(49);
        now.addAndGet(3_600 * SECOND);
        assertThat(passAtOnce()).isEqualTo(100);
    }
}
