package dev.dwata.cli.home;

import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.persistence.DataFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the settings come to where no flag says otherwise, and where each comes from. Of what may be a secret
/// it is only told that it is there.
public final class EffectiveSettings {
    private static final List<String> PROVIDERS = List.of(
            "ANTHROPIC_", "OPENAI_", "GROQ_", "OPENROUTER_", "GEMINI_", "GOOGLE_", "MISTRAL_", "DEEPSEEK_", "OLLAMA_");
    private static final String HIDDEN = "(set)";

    private EffectiveSettings() {}

    /// @param value  for people
    /// @param source a variable of the environment, a file, or that it is the default
    public record Setting(String name, String value, String source) {}

    public static List<Setting> of(DataFolder folder, Settings settings, Map<String, String> environment) {
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("model", orNone(settings.model(null)), settings.source("DWATA_MODEL", "model")));
        all.add(new Setting(
                "gatewayUrl",
                withoutUser(orNone(settings.gatewayUrl(null))),
                settings.source("DWATA_GATEWAY_URL", "gatewayUrl")));
        all.add(new Setting("host", settings.host(null), settings.source(null, "host")));
        all.add(new Setting("port", String.valueOf(settings.port(null)), settings.source(null, "port")));
        all.add(new Setting("auth", settings.auth(null).toString(), settings.source(null, "auth")));
        all.add(new Setting("log", settings.log(null).toString(), settings.source(null, "log")));
        for (String key : new TreeSet<>(ModelSettings.KEYS)) {
            if (!settings.source(null, key).equals(Settings.NOWHERE)) {
                all.add(new Setting(key, HIDDEN, settings.source(null, key)));
            }
        }
        for (String key : settings.unknownKeys()) {
            all.add(new Setting(key, "(means nothing to dwata)", folder.config().toString()));
        }
        for (String variable : new TreeSet<>(environment.keySet())) {
            if (isOfInterest(variable)
                    && !environment.getOrDefault(variable, "").isBlank()) {
                all.add(new Setting(variable, HIDDEN, "environment"));
            }
        }
        return all;
    }

    private static boolean isOfInterest(String variable) {
        return variable.equals("DWATA_TOKEN") || PROVIDERS.stream().anyMatch(variable::startsWith);
    }

    private static String orNone(@Nullable String value) {
        return value == null ? "(none)" : value;
    }

    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/@]*@", "//…@");
    }
}
