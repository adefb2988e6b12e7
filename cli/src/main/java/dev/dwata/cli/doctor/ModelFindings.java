package dev.dwata.cli.doctor;

import dev.dwata.agent.model.ModelInfo;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.types.AgentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The models: which are configured. None is asked, and no key is shown.
final class ModelFindings {
    private static final String AREA = "models";

    private ModelFindings() {}

    /// @param chosen as the settings have it
    static List<Finding> look(ModelSettings settings, Map<String, String> environment, @Nullable String chosen) {
        Models models;
        try {
            models = ConfiguredModels.from(settings, environment, chosen, new OfflineModel());
        } catch (AgentException e) {
            return List.of(Finding.problem(AREA, e.error().message(), "correct it in config.json"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            String id = models.choose(null).id();
            findings.add(
                    id.startsWith("offline/")
                            ? Finding.warning(
                                    AREA,
                                    "the built-in offline model answers; it understands little",
                                    "set ANTHROPIC_API_KEY, OPENAI_API_KEY or another provider's variable")
                            : Finding.ok(AREA, id + " answers where none is named"));
        } catch (AgentException e) {
            findings.add(Finding.problem(
                    AREA, e.error().message(), "name another with --model, DWATA_MODEL or model in config.json"));
        }
        String configured = String.join(
                ", ",
                models.list().stream()
                        .filter(ModelInfo::configured)
                        .map(info -> info.id().split("/", 2)[0])
                        .distinct()
                        .toList());
        findings.add(Finding.ok(AREA, "configured: " + configured));
        return findings;
    }
}
