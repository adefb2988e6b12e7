package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filesystem.list`
record ListFolder(Workspace workspace) {
    /// The most entries that one call returns.
    static final int MAX_ENTRIES = 1000;

    private static final int MAX_DEPTH = 5;
    private static final int MAX_UNREADABLE = 20;
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "filesystem.list",
            "Lists the files and folders in a folder of the workspace, hidden ones included, with their sizes in"
                    + " bytes. Does not follow symbolic links.",
            Effect.PURE,
            Approval.AUTO);

    record Arguments(
            @Description("the folder, relative to the workspace; default the workspace itself") @Nullable
            String path,

            @Description("how many levels of folders to list, 1 to 5; default 1") @Nullable
            Integer depth) {}

    /// @param truncated  whether there is more
    /// @param unreadable folders that could not be looked into; absent where there are none
    record Listing(
            String path,
            List<FileEntry> entries,
            boolean truncated,
            @Nullable List<String> unreadable) {}

    Tool tool() {
        return Tool.of(
                HEAD,
                Arguments.class,
                FileFailures.lenient((arguments, context) -> Touched.reading(workspace, arguments.path)),
                FileFailures.explained(this::list));
    }

    private ToolOutcome list(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        int depth = arguments.depth == null ? 1 : arguments.depth;
        if (depth < 1 || depth > MAX_DEPTH) {
            return new ToolOutcome.Retry("'depth' must be 1 to " + MAX_DEPTH + ", not " + depth);
        }
        List<FileEntry> entries = new ArrayList<>();
        FolderWalk walk = new FolderWalk(workspace, depth, new Patience(FindFiles.AT_MOST), sight -> {
            if (entries.size() == MAX_ENTRIES) {
                return false;
            }
            return entries.add(FileEntry.of(sight.path(), sight.attributes()));
        });
        Path folder = FindFiles.folder(workspace, arguments.path);
        boolean all = walk.over(folder, context);
        List<String> unreadable = walk.unreadable().stream()
                .limit(MAX_UNREADABLE)
                .map(Place::show)
                .toList();
        return ToolOutcome.success(
                new Listing(Place.show(folder), entries, !all, unreadable.isEmpty() ? null : unreadable));
    }
}
