package dev.dwata.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a person is asked.
///
/// @param id        unique within the request; answers are named by it
/// @param options   what to choose from; absent: anything may be said
/// @param multiple  whether more than one option may be chosen; the answer is an array then
/// @param inputType `text`, `number`, `secret` or `choice`; absent: `choice` where there are options, else
///                  `text`
public record InputQuestion(
        String id,
        String text,
        @Nullable List<String> options,
        @Nullable Boolean multiple,
        @Nullable String inputType) {
    public InputQuestion {
        options = options == null || options.isEmpty() ? null : List.copyOf(options);
    }

    /// Whether an answer is not to be shown or kept.
    public boolean isSecret() {
        return "secret".equals(inputType);
    }
}
