package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// `filesystem.delete`. There is no "always" for it.
record DeleteFile(Workspace workspace) {
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
                    "filesystem.delete",
                    "Deletes a file or an empty folder of the workspace; with 'recursive' a folder and all that is in"
                            + " it. It cannot be undone.",
                    Effect.IDEMPOTENT,
                    Approval.CONFIRM)
            .with(ToolTrait.WRITE);

    record Arguments(
            @Description("what to delete, relative to the workspace")
            String path,

            @Description("whether to delete what is in a folder, too; default false") @Nullable
            Boolean recursive) {
        boolean recurses() {
            return Boolean.TRUE.equals(recursive);
        }
    }

    /// @param deleted how many files and folders; 0 where nothing was there any more
    record Deleted(String path, long deleted) {}

    Tool tool() {
        return Tool.of(
                HEAD, Arguments.class, FileFailures.refusing(this::review), FileFailures.explained(this::delete));
    }

    private CallReview review(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        try (Place place = workspace.place(arguments.path)) {
            place.requireMovable(arguments.path);
            Touched touched = new Touched(workspace).change("path", place);
            if (place.isFolder()) {
                FolderContents contents = FolderContents.of(place, context);
                requireEmpty(arguments, place, contents);
                touched.contents("in_it", contents);
            }
            return touched.review().withAlways(null);
        }
    }

    private ToolOutcome delete(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        context.checkCancelled();
        try (Place place = workspace.place(arguments.path)) {
            if (!place.exists()) {
                return ToolOutcome.success(new Deleted(place.show(), 0));
            }
            place.requireMovable(arguments.path);
            long deleted = 1;
            if (place.isFolder()) {
                requireEmpty(arguments, place, FolderContents.of(place, context));
                deleted += FolderContents.delete(place, context);
            } else {
                place.folder().deleteFile(place.name());
            }
            place.folder().sync();
            return ToolOutcome.success(new Deleted(place.show(), deleted));
        }
    }

    private static void requireEmpty(Arguments arguments, Place place, FolderContents contents) throws PathRefused {
        if (contents.entries() > 0 && !arguments.recurses()) {
            throw new PathRefused("'" + place.show() + "' is a folder with " + contents.entries()
                    + " files and folders in it; set 'recursive' to delete them, too");
        }
    }
}
