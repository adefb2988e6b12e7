package dev.dwata.types.wire;

import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemChange;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody changed an item.
///
/// @param version  as it is since, or was when it was deleted
/// @param fromSelf whether the client that is told has done it
/// @param item     as it is since; absent where it was deleted, has changed again, or is too large to be told
public record ItemUpdatedPayload(
        ItemId itemId,
        ItemKind kind,
        String title,
        @Nullable String projectId,
        long version,
        ItemChange.Kind change,
        ItemAuthor by,
        boolean fromSelf,
        Instant time,
        @Nullable ItemView item) {}
