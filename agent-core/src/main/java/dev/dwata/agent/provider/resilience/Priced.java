package dev.dwata.agent.provider.resilience;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.model.Prices;
import dev.dwata.types.TokenUsage;

/// Says what each reply cost, unless the provider said it already or told no usage.
public final class Priced implements ModelClient {
    private final ModelClient model;
    private final Prices prices;

    public Priced(ModelClient model, Prices prices) {
        this.model = model;
        this.prices = prices;
    }

    @Override
    public ModelReply stream(ModelRequest request, DeltaSink sink) throws InterruptedException {
        ModelReply reply = model.stream(request, sink);
        TokenUsage usage = reply.usage();
        if (usage.costUsd() != null || (usage.total() == 0 && !prices.isFree())) {
            return reply;
        }
        return reply.withUsage(usage.withCost(prices.cost(usage)));
    }
}
