package dev.dwata.agent.item;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How an item is to be changed.
///
/// @param expectedVersion the one that the change was made for; absent: whatever it is
/// @param key             the same for every attempt at this change, and for no other: a second attempt finds
///                        it done; absent where there is one attempt
/// @param change          what becomes of it; may be asked more than once. Fails with [AgentException]
public record ItemEdit(
        @Nullable Long expectedVersion, @Nullable String key, UnaryOperator<ItemDraft> change) {

    /// Everything but the kind is replaced.
    ///
    /// @param projectId absent: of no project
    public static ItemEdit replace(
            @Nullable Long expectedVersion, String title, @Nullable String projectId, JsonNode content) {
        return new ItemEdit(expectedVersion, null, before -> new ItemDraft(before.kind(), title, projectId, content));
    }

    /// Changes by a JSON merge patch (RFC 7396) of `title`, `projectId` and `content`.
    public static ItemEdit patch(@Nullable Long expectedVersion, JsonNode patch) {
        return new ItemEdit(expectedVersion, null, before -> MergePatch.apply(before, new Field("patch", patch)));
    }

    public ItemEdit withKey(String key) {
        return new ItemEdit(expectedVersion, key, change);
    }
}
