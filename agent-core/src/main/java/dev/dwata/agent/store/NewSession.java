package dev.dwata.agent.store;

import dev.dwata.types.ItemId;
import dev.dwata.types.RunId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a session is to be. Everything may be absent.
///
/// @param title       absent: made of the first message
/// @param agentName   absent: `default`
/// @param model       `provider/name`; absent: the default of the moment
/// @param contextType what kind of thing the session is about
/// @param parent      the run that makes it for a task of its own; absent for all others. Such a session is
///                    left out of lists and searches, and what its runs use counts for that run
public record NewSession(
        @Nullable String title,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId,
        @Nullable JsonNode config,
        @Nullable RunId parent) {
    public static final String DEFAULT_AGENT = "default";
    public static final String DEFAULT_TITLE = "New conversation";
    public static final NewSession PLAIN = new NewSession(null, null, null, null, null, null, null);

    /// One that no run makes.
    public NewSession(
            @Nullable String title,
            @Nullable String agentName,
            @Nullable String model,
            @Nullable String contextType,
            @Nullable String itemId,
            @Nullable String projectId,
            @Nullable JsonNode config) {
        this(title, agentName, model, contextType, itemId, projectId, config, null);
    }

    /// The same, made by a run.
    public NewSession withParent(RunId run) {
        return new NewSession(title, agentName, model, contextType, itemId, projectId, config, run);
    }

    public static NewSession titled(String title) {
        return new NewSession(title, null, null, null, null, null, null);
    }

    /// The item of this store that it is about; absent where `itemId` is absent, or of another form than the
    /// ids of items here: then it is a client's own.
    public @Nullable ItemId ownItem() {
        if (itemId == null || itemId.length() != 36) {
            return null;
        }
        try {
            return new ItemId(itemId);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public boolean hasTitle() {
        return title != null && !title.isBlank();
    }

    public String titleOrDefault() {
        return title != null && !title.isBlank() ? title : DEFAULT_TITLE;
    }

    public String agentOrDefault() {
        return agentName == null ? DEFAULT_AGENT : agentName;
    }

    /// The title that a first message gives its session: its first 50 code points on one line, with an ellipsis
    /// where it was longer.
    public static String titleOf(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= 50) {
            return line.isEmpty() ? DEFAULT_TITLE : line;
        }
        return line.substring(0, line.offsetByCodePoints(0, 50)).strip() + "…";
    }
}
