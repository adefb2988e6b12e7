package dev.dwata.gateway.api;

import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.model.Prices;
import dev.dwata.types.AgentException;
import dev.dwata.types.wire.ModelState;
import dev.dwata.types.wire.ModelView;
import dev.dwata.types.wire.ModelsListPayload;
import dev.dwata.types.wire.PricesView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which models there are. Listing them may ask a local server for what it has, so it may take a second.
public record ModelOperations(Models models) {

    public ModelsListPayload list() {
        return new ModelsListPayload(chosen(), views());
    }

    public List<ModelView> views() {
        return models.list().stream().map(ModelOperations::view).toList();
    }

    private @Nullable String chosen() {
        try {
            return models.choose(null).id();
        } catch (AgentException e) {
            return null;
        }
    }

    private static ModelView view(ModelInfo model) {
        ModelFacts facts = model.facts();
        return new ModelView(
                model.id(),
                model.configured() ? ModelState.READY : ModelState.NOT_CONFIGURED,
                model.missing(),
                facts.contextWindow(),
                facts.maxOutputTokens(),
                facts.prices() == null ? null : view(facts.prices()),
                facts.abilities().stream()
                        .sorted()
                        .map(ability -> ability.name().toLowerCase(Locale.ROOT))
                        .toList(),
                model.aliases(),
                model.fallbacks());
    }

    private static PricesView view(Prices prices) {
        Prices.LongContext more = prices.longContext();
        return new PricesView(
                prices.input(),
                prices.output(),
                prices.cacheRead(),
                prices.cacheWrite(),
                more == null ? null : more.above(),
                more == null ? null : more.prices().input(),
                more == null ? null : more.prices().output());
    }
}
