package dev.dwata.agent.tool.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dwata.agent.item.PlainText;
import dev.dwata.types.BodyElement;
import dev.dwata.types.Item;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemInfo;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// What a model is told of items.
final class Told {
    /// Characters of JSON.
    private static final int LARGEST_CONTENT = 64 * 1024;

    private Told() {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            ItemId itemId,
            ItemKind kind,
            String title,
            @Nullable String projectId,
            long version,
            Instant updatedAt,
            @Nullable String snippet) {
        static Line of(ItemInfo item) {
            return found(item, null);
        }

        static Line found(ItemInfo item, @Nullable String snippet) {
            return new Line(
                    item.id(), item.kind(), item.title(), item.projectId(), item.version(), item.updatedAt(), snippet);
        }
    }

    record Listing(List<Line> items, long total) {}

    record Findings(List<Line> items) {}

    /// @param content        absent where it is too large
    /// @param contentBegins  the beginning of a content that is too large, as JSON
    /// @param plainText      of a file's body
    /// @param transcriptText of a file's transcript
    /// @param missing        items that it refers to and that are not there any more
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whole(
            Line item,
            @Nullable JsonNode content,
            @Nullable String contentBegins,
            @Nullable String plainText,
            @Nullable String transcriptText,
            @Nullable List<ItemId> missing) {
        static Whole of(Item item, List<ItemId> missing) {
            Line line = Line.of(item.info());
            List<ItemId> gone = missing.isEmpty() ? null : missing;
            String json = item.content().toString();
            if (json.length() > LARGEST_CONTENT) {
                return new Whole(line, null, cut(json), null, null, gone);
            }
            boolean file = item.kind().equals(ItemKind.FILE);
            String body = file ? PlainText.of(list(item, "body", BodyElement[].class)) : "";
            String transcript = file ? PlainText.ofTranscript(list(item, "transcript", TranscriptEntry[].class)) : "";
            return new Whole(line, item.content(), null, filled(body), filled(transcript), gone);
        }
    }

    record Changed(Line item) {}

    /// @param referredBy items that still refer to it
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Deleted(ItemId itemId, boolean deleted, List<Line> referredBy) {}

    private static <T> List<T> list(Item item, String field, Class<T[]> type) {
        JsonNode list = item.content().path(field);
        return list.isArray() ? List.of(Json.MAPPER.treeToValue(list, type)) : List.of();
    }

    private static @Nullable String filled(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(LARGEST_CONTENT - 1)) ? LARGEST_CONTENT - 1 : LARGEST_CONTENT;
        return text.substring(0, end) + "…";
    }
}
