package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A provider that is known, configured or not.
///
/// @param models     names worth naming, the one to use when none is chosen first; others are accepted too
/// @param found      names of models that are there now, as far as the provider can be asked cheaply
/// @param prices     of all its models, where they have the same; absent where each has its own
/// @param configured whether the configuration speaks of it
/// @param client     absent where something it needs is missing
/// @param missing    that, in one sentence; absent where nothing is
record Provider(
        String name,
        List<String> models,
        Supplier<List<String>> found,
        @Nullable Prices prices,
        boolean configured,
        @Nullable ModelClient client,
        @Nullable String missing) {

    static Provider ready(String name, List<String> models, ModelClient client) {
        return new Provider(name, models, List::of, null, true, client, null);
    }

    static Provider missing(String name, List<String> models, String missing) {
        return new Provider(name, models, List::of, null, false, null, missing);
    }

    /// The same as one that is there only perhaps: it can be asked, but is not preferred.
    Provider perhaps(String why) {
        return new Provider(name, models, found, prices, false, client, why);
    }

    /// The same with another model first.
    Provider preferring(String model) {
        List<String> others = new ArrayList<>(List.of(model));
        models.stream().filter(name -> !name.equals(model)).forEach(others::add);
        return new Provider(name, List.copyOf(others), found, prices, configured, client, missing);
    }

    /// The same as one on a machine of one's own.
    ///
    /// @param tags asks what it has
    Provider local(Supplier<List<String>> tags) {
        return new Provider(name, models, tags, Prices.FREE, configured, client, missing);
    }

    String defaultModel() {
        return name + "/" + models.getFirst();
    }
}
