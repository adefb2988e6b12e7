package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A provider that is known, configured or not.
///
/// @param models     names worth naming, the one to use when none is chosen first; others are accepted too
/// @param configured whether the environment speaks of it
/// @param client     absent where something it needs is missing
/// @param missing    that, in one sentence; absent where nothing is
record Provider(
        String name,
        List<String> models,
        boolean configured,
        @Nullable ModelClient client,
        @Nullable String missing) {

    static Provider ready(String name, List<String> models, ModelClient client) {
        return new Provider(name, models, true, client, null);
    }

    static Provider missing(String name, List<String> models, String missing) {
        return new Provider(name, models, false, null, missing);
    }

    String defaultModel() {
        return name + "/" + models.getFirst();
    }
}
