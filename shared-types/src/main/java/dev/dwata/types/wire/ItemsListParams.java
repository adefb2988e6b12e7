package dev.dwata.types.wire;

import dev.dwata.types.ItemKind;
import org.jspecify.annotations.Nullable;

/// Asks for items.
///
/// @param kind   absent: all
/// @param query  words that are in the title or in texts of the content; absent: all, but for a search
/// @param limit  1 to 200; absent: 50
/// @param offset absent: 0
public record ItemsListParams(
        @Nullable ItemKind kind,
        @Nullable String projectId,
        @Nullable String query,
        @Nullable Integer limit,
        @Nullable Integer offset) {}
