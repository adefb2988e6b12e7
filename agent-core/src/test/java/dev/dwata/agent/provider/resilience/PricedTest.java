package dev.dwata.agent.provider.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.testing.Asked;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PricedTest {
    private static final Prices PRICES = new Prices(2, 10, 0.2, 2.5);

    @Test
    void costsWhatEachKindOfTokenCosts() {
        TokenUsage usage = new TokenUsage(1_000_000, 100_000, 300_000, null, 200_000);
        assertThat(cost(usage, PRICES)).isEqualTo(0.5 * 2 + 0.3 * 0.2 + 0.2 * 2.5 + 0.1 * 10);
    }

    @Test
    void keepsWhatTheProviderSays() {
        assertThat(cost(new TokenUsage(10, 10, 0, 0.5), PRICES)).isEqualTo(0.5);
    }

    @Test
    void knowsNoCostWhereTheUsageIsNotKnown() {
        assertThat(cost(TokenUsage.ZERO, PRICES)).isNull();
        assertThat(cost(TokenUsage.ZERO, Prices.FREE)).isZero();
    }

    private static Double cost(TokenUsage usage, Prices prices) {
        ModelReply reply = new ModelReply(List.of(), usage, StopReason.END_TURN);
        return Asked.of(new Priced((request, sink) -> reply, prices))
                .reply()
                .usage()
                .costUsd();
    }
}
