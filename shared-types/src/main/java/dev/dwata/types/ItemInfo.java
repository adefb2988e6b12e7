package dev.dwata.types;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of an item without its content.
///
/// @param version 1 for a new one, and one more with every change
public record ItemInfo(
        ItemId id,
        ItemKind kind,
        String title,
        @Nullable String projectId,
        long version,
        Instant createdAt,
        Instant updatedAt,
        ItemAuthor updatedBy) {}
