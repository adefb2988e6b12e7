package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// That an item was changed.
///
/// @param seq      numbers the changes of all items in their order; there may be gaps
/// @param item     as it is since, or was before it was deleted
/// @param sessions that were about the item and are about none now; empty unless it was deleted
public record ItemChange(
        long seq, Principal owner, Kind change, ItemInfo item, Instant time, List<SessionId> sessions) {
    public ItemChange {
        sessions = List.copyOf(sessions);
    }

    /// What was done to it.
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
