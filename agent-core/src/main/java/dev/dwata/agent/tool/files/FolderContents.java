package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is in a folder and in those below it.
///
/// @param entries       how many files, folders and links
/// @param protectedName one that must not be changed without a person; absent where there is none
record FolderContents(long entries, @Nullable String protectedName) {
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_DEPTH = 256;
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    /// @param place a folder
    /// @throws PathRefused if there is more in it than one call may touch
    static FolderContents of(Place place, ToolContext context) throws IOException, InterruptedException {
        Count count = new Count(place, context);
        try (OpenFolder folder = place.folder().folder(place.name())) {
            count.in(folder, 1);
        }
        return new FolderContents(count.entries, count.protectedName);
    }

    /// Deletes the folder with all that is in it. Links are deleted, not followed.
    ///
    /// @return how many entries there were in it
    static long delete(Place place, ToolContext context) throws IOException, InterruptedException {
        long deleted;
        try (OpenFolder folder = place.folder().folder(place.name())) {
            deleted = empty(folder, context, 1);
        }
        place.folder().deleteFolder(place.name());
        return deleted;
    }

    private static long empty(OpenFolder folder, ToolContext context, int depth)
            throws IOException, InterruptedException {
        if (depth > MAX_DEPTH) {
            throw new PathRefused("there are more than " + MAX_DEPTH + " folders in each other");
        }
        long deleted = 0;
        for (Path name : folder.names(MAX_ENTRIES)) {
            context.checkCancelled();
            if (folder.attributes(name).isDirectory()) {
                try (OpenFolder below = folder.folder(name)) {
                    deleted += empty(below, context, depth + 1);
                }
                folder.deleteFolder(name);
            } else {
                folder.deleteFile(name);
            }
            deleted++;
        }
        return deleted;
    }

    private static final class Count {
        private final String shown;
        private final ToolContext context;
        private final Patience patience = new Patience(AT_MOST);
        private long entries;
        private @Nullable String protectedName;

        Count(Place place, ToolContext context) {
            this.shown = place.show();
            this.context = context;
        }

        void in(OpenFolder folder, int depth) throws IOException, InterruptedException {
            for (Path name : folder.names(MAX_ENTRIES + 1)) {
                if (++entries > MAX_ENTRIES || depth > MAX_DEPTH || patience.isOver(context)) {
                    throw new PathRefused("'" + shown + "' holds more than " + MAX_ENTRIES + " files and folders, or "
                            + MAX_DEPTH + " in each other; name folders in it, one by one");
                }
                if (protectedName == null) {
                    protectedName = ProtectedNames.changing(name);
                }
                BasicFileAttributes attributes = folder.attributes(name);
                if (attributes.isDirectory()) {
                    try (OpenFolder below = folder.folder(name)) {
                        in(below, depth + 1);
                    }
                }
            }
        }
    }
}
