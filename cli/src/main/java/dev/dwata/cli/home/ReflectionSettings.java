package dev.dwata.cli.home;

import dev.dwata.agent.policy.Budget;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How runs are reflected on, as `config.json` has it:
///
///     {"reflection": {"enabled": true, "model": "claude-haiku", "budget": {"usd": 0.02}}}
///
/// @param model  that is asked; absent: the default
/// @param budget of each reflection; 20,000 tokens where nothing is said
public record ReflectionSettings(@Nullable String model, Budget budget) {
    static final String KEY = "reflection";

    private static final Set<String> KEYS = Set.of("enabled", "model", "budget");
    private static final Budget USUAL = Budget.ofTokens(20_000);

    /// @return absent where it is not wanted
    /// @throws IllegalArgumentException with a sentence that names what is wrong
    static @Nullable ReflectionSettings read(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isObject()) {
            throw new IllegalArgumentException("reflection must be an object");
        }
        for (String key : given.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "reflection." + key + " means nothing; there are enabled, model, budget");
            }
        }
        JsonNode enabled = given.path("enabled");
        if (!enabled.isMissingNode() && !enabled.isBoolean()) {
            throw new IllegalArgumentException("reflection.enabled must be true or false");
        }
        JsonNode model = given.path("model");
        if (!model.isMissingNode() && !model.isString()) {
            throw new IllegalArgumentException("reflection.model must be a string");
        }
        Budget budget = given.has("budget") ? BudgetSettings.budget("reflection.budget", given.path("budget")) : USUAL;
        return enabled.asBoolean(false)
                ? new ReflectionSettings(model.isMissingNode() ? null : model.stringValue(), budget)
                : null;
    }
}
