package dev.dwata.agent.provider;

import dev.dwata.agent.context.Compaction;
import dev.dwata.agent.model.ModelFacts;
import dev.dwata.agent.provider.resilience.RetryPolicy;
import dev.dwata.agent.provider.wire.StreamTimeouts;
import dev.dwata.types.AgentException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What is configured of models besides keys and addresses, which the environment has.
///
/// @param models     facts by `provider/name`, of models that are not in the built-in table or instead of what
///                  that has
/// @param aliases   names for models, each a `provider/name`
/// @param providers servers by the name that stands before the slash
/// @param fallbacks for a `provider/name`, an alias or `*`, the models to ask where that one does not answer
/// @param compaction of conversations that outgrow the window of their model
public record ModelSettings(
        Map<String, ModelFacts> models,
        Map<String, String> aliases,
        Map<String, ProviderSettings> providers,
        Map<String, List<String>> fallbacks,
        RetryPolicy retry,
        StreamTimeouts timeouts,
        Compaction compaction) {
    public static final ModelSettings NONE = new ModelSettings(
            Map.of(), Map.of(), Map.of(), Map.of(), RetryPolicy.DEFAULT, StreamTimeouts.DEFAULT, Compaction.USUAL);

    /// The keys of a configuration that [#read] looks at.
    public static final Set<String> KEYS =
            Set.of("models", "aliases", "providers", "fallbacks", "retry", "timeouts", "compaction");

    /// For the chain of every model that has none of its own.
    static final String EVERY = "*";

    public ModelSettings {
        models = new LinkedHashMap<>(models);
        aliases = Map.copyOf(aliases);
        providers = new LinkedHashMap<>(providers);
        fallbacks = Map.copyOf(fallbacks);
    }

    /// Reads them from a configuration, of which other keys are left alone:
    ///
    ///     {"models": {"vllm/qwen": {"contextWindow": 32768, "prices": {"input": 0, "output": 0}}},
    ///      "aliases": {"fast": "vllm/qwen"},
    ///      "providers": {"vllm": {"api": "chat", "baseUrl": "http://10.0.0.7:8000/v1", "apiKeyEnv":
    ///      "VLLM_KEY"}}, "fallbacks": {"*": ["fast"]},
    ///      "retry": {"attempts": 5, "firstDelayMs": 1000, "longestDelayMs": 16000, "longestRetryAfterMs":
    ///      120000}, "timeouts": {"connectMs": 10000, "firstByteMs": 180000, "idleMs": 120000, "totalMs":
    ///      1800000},
    ///      "compaction": {"reserveTokens": 16384, "keepRecentTokens": 20000, "model": "fast"}}
    ///
    /// @throws AgentException with `InvalidRequest`, whose message begins with the key that is wrong
    public static ModelSettings read(JsonNode configuration) {
        ConfigObject all = ConfigObject.of(configuration, "");
        return new ModelSettings(
                FactsReader.read(all.object("models")),
                aliases(all.object("aliases")),
                providers(all.object("providers")),
                fallbacks(all.object("fallbacks")),
                retry(all.object("retry")),
                timeouts(all.object("timeouts")),
                compaction(all.object("compaction")));
    }

    private static Map<String, String> aliases(ConfigObject of) {
        Map<String, String> aliases = of.allTexts();
        aliases.forEach((alias, id) -> {
            if (alias.contains("/") || !ModelId.isOne(id)) {
                throw of.refuse(alias, "a name without a slash for a model named as provider/name");
            }
        });
        return aliases;
    }

    private static Map<String, ProviderSettings> providers(ConfigObject of) {
        Map<String, ProviderSettings> providers = new LinkedHashMap<>();
        for (String name : of.keys()) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || name.equals("offline")) {
                throw of.refuse(name, "named with letters, digits, '.', '_' and '-', and not offline");
            }
            providers.put(name, ProviderSettings.read(of.object(name)));
        }
        return providers;
    }

    private static Map<String, List<String>> fallbacks(ConfigObject of) {
        Map<String, List<String>> fallbacks = new LinkedHashMap<>();
        of.keys().forEach(model -> fallbacks.put(model, of.texts(model)));
        return fallbacks;
    }

    private static RetryPolicy retry(ConfigObject of) {
        of.only("attempts", "firstDelayMs", "longestDelayMs", "longestRetryAfterMs");
        RetryPolicy usual = RetryPolicy.DEFAULT;
        Integer attempts = of.integer("attempts", 1);
        if (attempts != null && attempts > RetryPolicy.MOST_ATTEMPTS) {
            throw of.refuse("attempts", "1 to " + RetryPolicy.MOST_ATTEMPTS);
        }
        return new RetryPolicy(
                attempts == null ? usual.attempts() : attempts,
                time(of, "firstDelayMs", 0, usual.firstDelay()),
                time(of, "longestDelayMs", 0, usual.longestDelay()),
                time(of, "longestRetryAfterMs", 0, usual.longestRetryAfter()));
    }

    private static StreamTimeouts timeouts(ConfigObject of) {
        of.only("connectMs", "firstByteMs", "idleMs", "totalMs");
        StreamTimeouts usual = StreamTimeouts.DEFAULT;
        return new StreamTimeouts(
                time(of, "connectMs", 1, usual.connect()),
                time(of, "firstByteMs", 1, usual.firstByte()),
                time(of, "idleMs", 1, usual.idle()),
                time(of, "totalMs", 1, usual.total()));
    }

    private static Compaction compaction(ConfigObject of) {
        of.only("reserveTokens", "keepRecentTokens", "model");
        Compaction usual = Compaction.USUAL;
        Integer reserve = of.integer("reserveTokens", 1);
        Integer keep = of.integer("keepRecentTokens", 1);
        return new Compaction(
                reserve == null ? usual.reserveTokens() : reserve,
                keep == null ? usual.keepRecentTokens() : keep,
                of.text("model"));
    }

    private static Duration time(ConfigObject of, String key, int least, Duration otherwise) {
        Integer millis = of.integer(key, least);
        return millis == null ? otherwise : Duration.ofMillis(millis);
    }
}
