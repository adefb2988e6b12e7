package dev.dwata.agent.policy;

import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Prices;
import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Scope;
import java.util.List;
import java.util.Map;

/// A model call that is to be paid for.
///
/// @param input tokens, at most
/// @param most  tokens that the reply may have if nothing is short
record Question(Prices prices, long input, long most) {
    private static final long USUAL_MOST = 16_384;

    /// With fewer, a reply is as good as none.
    private static final long LEAST = 128;

    /// With so many it begins, though it might have more when others have settled.
    private static final long ENOUGH = 4_096;

    static Question of(ModelRequest request, ModelFacts facts, Prices prices) {
        long input = Estimate.tokens(request);
        long most = USUAL_MOST;
        if (facts.maxOutputTokens() != null) {
            most = Math.min(most, facts.maxOutputTokens());
        }
        if (request.maxOutputTokens() != null) {
            most = Math.min(most, request.maxOutputTokens());
        }
        if (facts.contextWindow() != null && facts.contextWindow() - input >= LEAST) {
            most = Math.min(most, facts.contextWindow() - input);
        }
        return new Question(prices, input, most);
    }

    long least() {
        return Math.min(LEAST, most);
    }

    long enough() {
        return Math.min(ENOUGH, most);
    }

    Amount amount(long output) {
        return Affordable.amount(prices, input, output);
    }

    Affordable affordable(List<Ceiling> ceilings, Map<Scope, Balance> balances, boolean now) {
        return Affordable.under(ceilings, balances, prices, input, now);
    }
}
