package dev.dwata.types.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models that may be chosen.
///
/// @param model  what answers where none is named; absent where that one is not configured
/// @param models the default first
public record ModelsListPayload(@Nullable String model, List<ModelView> models) {
    public ModelsListPayload {
        models = List.copyOf(models);
    }
}
