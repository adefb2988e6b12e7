package dev.dwata.types.wire;

import dev.dwata.types.ItemId;
import org.jspecify.annotations.Nullable;

/// Asks for an item.
///
/// @param version an earlier one, as far as it is kept; absent: the present one
public record ItemGetParams(ItemId itemId, @Nullable Long version) {}
