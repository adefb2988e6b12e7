package dev.dwata.agent.provider;

import dev.dwata.agent.model.Ability;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.model.Prices;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads facts of models, those built in and those of the configuration alike:
///
///     {"anthropic/claude-x": {"contextWindow": 1000000, "maxOutputTokens": 128000,
///       "prices": {"input": 2, "output": 10, "cacheRead": 0.2, "cacheWrite": 2.5,
///                  "above": {"tokens": 200000, "input": 4, "output": 15}},
///       "abilities": ["tools", "images", "documents", "reasoning", "structured_output"]}}
///
/// Prices are US dollars for a million tokens; those of the cache are that of the input where they are left
/// out.
final class FactsReader {
    private FactsReader() {}

    /// By `provider/name`, in the order in which they are written.
    static Map<String, ModelFacts> read(ConfigObject models) {
        Map<String, ModelFacts> facts = new LinkedHashMap<>();
        for (String id : models.keys()) {
            if (!ModelId.isOne(id)) {
                throw models.refuse(id, "named as provider/name");
            }
            facts.put(id, facts(models.object(id)));
        }
        return facts;
    }

    private static ModelFacts facts(ConfigObject of) {
        of.only("contextWindow", "maxOutputTokens", "prices", "abilities");
        return new ModelFacts(
                of.integer("contextWindow", 1),
                of.integer("maxOutputTokens", 1),
                of.has("prices") ? prices(of.object("prices")) : null,
                abilities(of));
    }

    private static Prices prices(ConfigObject of) {
        of.only("input", "output", "cacheRead", "cacheWrite", "above");
        return prices(of, of.has("above") ? longContext(of.object("above")) : null);
    }

    private static Prices.LongContext longContext(ConfigObject above) {
        above.only("tokens", "input", "output", "cacheRead", "cacheWrite");
        Integer tokens = above.integer("tokens", 1);
        if (tokens == null) {
            throw above.refuse("tokens", "given: a whole number of at least 1");
        }
        return new Prices.LongContext(tokens, prices(above, null));
    }

    private static Prices prices(ConfigObject of, Prices.@Nullable LongContext above) {
        for (String key : List.of("input", "output")) {
            if (!of.has(key)) {
                throw of.refuse(key, "given: US dollars for a million tokens");
            }
        }
        double input = of.amount("input", 0);
        return new Prices(
                input, of.amount("output", 0), of.amount("cacheRead", input), of.amount("cacheWrite", input), above);
    }

    private static Set<Ability> abilities(ConfigObject of) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String word : of.texts("abilities")) {
            abilities.add(Arrays.stream(Ability.values())
                    .filter(ability -> word(ability).equals(word))
                    .findFirst()
                    .orElseThrow(() -> of.refuse("abilities", "of " + String.join(", ", words()))));
        }
        return abilities;
    }

    private static List<String> words() {
        return Arrays.stream(Ability.values()).map(FactsReader::word).toList();
    }

    private static String word(Ability ability) {
        return ability.name().toLowerCase(Locale.ROOT);
    }
}
