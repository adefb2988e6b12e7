package dev.dwata.cli.doctor;

import dev.dwata.agent.provider.ModelSettings;
import dev.dwata.persistence.DataFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that is looked at, in the order in which one thing needs another.
///
/// @param port   where a gateway would listen
/// @param models what the settings have of them
/// @param model  the default, as the settings have it; absent: the first that is configured
public record Examination(
        DataFolder folder,
        Map<String, String> environment,
        int port,
        ModelSettings models,
        @Nullable String model) {
    public Examination {
        environment = Map.copyOf(environment);
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(SystemFindings.look());
        findings.addAll(FolderFindings.look(folder.path()));
        findings.addAll(DatabaseFindings.look(folder.database()));
        findings.addAll(GatewayFindings.look(folder.path(), port));
        findings.addAll(ModelFindings.look(models, environment, model));
        return findings;
    }
}
