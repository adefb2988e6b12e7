package dev.dwata.agent.tool.items;

import dev.dwata.types.schema.Description;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/// What a model asks of items.
final class Asked {
    static final String ID = "a UUID, as listed or found";
    static final String VERSION = "the version that you have read";
    static final String KIND = "for example clip, song, playlist, pack, document, file";
    static final String CONTENT = "clip {code}; song and playlist {items:[{itemId}]}; pack {samples:[{name}]};"
            + " document {text}; file {body, transcript}; other kinds any object";

    private Asked() {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Some(
            @Description(KIND + "; default all") @Nullable String kind,

            @Description("only those of this project") @Nullable
            String projectId,

            @Description("1 to 50; default 20") @Nullable Integer limit) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Words(
            @Description("words that are in the title or in texts of the content, the last may be the beginning of one")
            String query,

            @Description(KIND + "; default all") @Nullable String kind,

            @Description("only those of this project") @Nullable
            String projectId,

            @Description("1 to 50; default 20") @Nullable Integer limit) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record One(
            @Description(ID) String itemId,

            @Description("an earlier version; default the present one") @Nullable
            Long version) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record New(
            @Description(KIND) String kind,
            @Description("1 to 200 characters") String title,
            @Description(CONTENT) ObjectNode content,

            @Description("the project it belongs to") @Nullable
            String projectId) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Edit(
            @Description(ID) String itemId,
            @Description(VERSION) Long version,
            @Description("default as it was") @Nullable String title,

            @Description("replaces the whole content; default as it was") @Nullable
            ObjectNode content,

            @Description("changes the content instead: fields that are named are replaced, null removes one") @Nullable
            ObjectNode patch,

            @Description("default as it was") @Nullable String projectId) {

        /// All that it would write.
        String texts() {
            return text(title) + text(content) + text(patch);
        }

        private static String text(@Nullable Object part) {
            return part == null ? "" : part + " ";
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Gone(
            @Description(ID) String itemId,
            @Description(VERSION) Long version) {}
}
