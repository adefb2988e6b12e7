package dev.dwata.agent.policy;

import dev.dwata.agent.model.Prices;
import dev.dwata.agent.store.Amount;
import dev.dwata.agent.store.Balance;
import dev.dwata.agent.store.Ceiling;
import dev.dwata.agent.store.Measure;
import dev.dwata.agent.store.Scope;
import java.util.List;
import java.util.Map;

/// How long a reply may be that budgets allow.
///
/// @param tokens  of the reply; negative where not even the question fits
/// @param ceiling that allows no more
/// @param balance of the ceiling's scope
record Affordable(long tokens, Ceiling ceiling, Balance balance) {

    /// What a model call may use.
    static Amount amount(Prices prices, long input, long output) {
        return new Amount(input + output, Amount.microUsd(prices.most(input, output)), 0, 0);
    }

    /// @param ceilings of tokens and money, at least one
    /// @param now      whether what is set aside for others is not to be had
    static Affordable under(
            List<Ceiling> ceilings, Map<Scope, Balance> balances, Prices prices, long input, boolean now) {
        Affordable least = null;
        for (Ceiling ceiling : ceilings) {
            Balance balance = balances.getOrDefault(ceiling.scope(), Balance.NONE);
            Amount gone = now ? balance.spent().plus(balance.reserved()) : balance.spent();
            long room = ceiling.most() - gone.of(ceiling.measure());
            long tokens = ceiling.measure() == Measure.USD ? tokensFor(room, prices, input) : room - input;
            if (least == null || tokens < least.tokens) {
                least = new Affordable(tokens, ceiling, balance);
            }
        }
        if (least == null) {
            throw new IllegalArgumentException("there is no budget to keep to");
        }
        return least;
    }

    private static long tokensFor(long microUsd, Prices prices, long input) {
        long forInput = amount(prices, input, 0).microUsd();
        if (microUsd < forInput) {
            return -1;
        }
        if (prices.output() == 0) {
            return Long.MAX_VALUE;
        }
        long tokens = (long) Math.floor((microUsd - forInput) / prices.output());
        return amount(prices, input, tokens).microUsd() > microUsd ? tokens - 1 : tokens;
    }
}
