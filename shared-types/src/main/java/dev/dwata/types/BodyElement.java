package dev.dwata.types;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A piece of a file's body. On the wire an object whose `type` names the kind.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface BodyElement {

    /// @param level 1 to 6
    @JsonTypeName("heading")
    record Heading(int level, String text) implements BodyElement {
        public Heading {
            if (level < 1 || level > 6) {
                throw new IllegalArgumentException("level must be 1 to 6, not " + level);
            }
        }
    }

    @JsonTypeName("paragraph")
    record Paragraph(String text) implements BodyElement {}

    @JsonTypeName("code")
    record Code(@Nullable String language, String content) implements BodyElement {}

    /// @param ordered whether its items are numbered
    @JsonTypeName("list")
    record Items(boolean ordered, List<String> items) implements BodyElement {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// @param chartType for example `bar`
    /// @param data      a list of entries, or another JSON value
    @JsonTypeName("chart")
    record Chart(
            String chartType,
            @Nullable String title,
            JsonNode data,
            @Nullable JsonNode config) implements BodyElement {}

    @JsonTypeName("image")
    record Image(String src, @Nullable String alt, @Nullable String caption) implements BodyElement {}
}
