package dev.dwata.agent.model;

import dev.dwata.types.AgentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that a runtime can ask.
public interface Models {

    /// Finds a model.
    ///
    /// @param id `provider/name` or an alias; absent: the default
    /// @throws AgentException with `InvalidRequest` naming the known ones, or `ModelNotConfigured` naming what
    ///                        lacks
    Model choose(@Nullable String id);

    /// What may be chosen, the default first.
    List<ModelInfo> list();

    /// A single model, for every name.
    static Models only(Model model) {
        return new Models() {
            @Override
            public Model choose(@Nullable String id) {
                return model;
            }

            @Override
            public List<ModelInfo> list() {
                return List.of(new ModelInfo(model.id(), true, null, model.facts(), List.of(), List.of()));
            }
        };
    }
}
