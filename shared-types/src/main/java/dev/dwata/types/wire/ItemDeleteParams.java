package dev.dwata.types.wire;

import dev.dwata.types.ItemId;
import org.jspecify.annotations.Nullable;

/// Deletes an item with its versions.
///
/// @param version the one that it is expected to be at; absent: whatever it is
public record ItemDeleteParams(ItemId itemId, @Nullable Long version) {}
