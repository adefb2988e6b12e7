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
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// `filesystem.move`
record MoveFile(Workspace workspace, Approval approval) {
    private static final String NAME = "filesystem.move";
    private static final String DESCRIPTION =
            "Gives a file or folder of the workspace another path, and makes the folders that it needs. A file that"
                    + " has the new path already is replaced only with 'overwrite'.";

    record Arguments(
            @Description("what to move, relative to the workspace")
            String from,

            @Description("its new path, relative to the workspace, with its name")
            String to,

            @Description("whether to replace a file that is there; default false") @Nullable
            Boolean overwrite) {
        boolean overwrites() {
            return Boolean.TRUE.equals(overwrite);
        }
    }

    /// @param replaced whether a file was at the new path before
    record Moved(String from, String to, boolean replaced) {}

    Tool tool() {
        ToolSpec.Head head = new ToolSpec.Head(NAME, DESCRIPTION, Effect.ONCE, approval).with(ToolTrait.WRITE);
        return Tool.of(head, Arguments.class, FileFailures.refusing(this::review), FileFailures.explained(this::move));
    }

    private CallReview review(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        try (Place from = workspace.place(arguments.from);
                Place to = workspace.place(arguments.to)) {
            check(arguments, from, to);
            Touched touched = new Touched(workspace).change("from", from).change("to", to);
            if (from.isFolder()) {
                touched.contents("moved", FolderContents.of(from, context));
            }
            CallReview review = touched.review();
            return arguments.overwrites() ? review.withAlways(null) : review;
        }
    }

    private ToolOutcome move(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        context.checkCancelled();
        try (Place from = workspace.place(arguments.from);
                Place to = workspace.place(arguments.to)) {
            check(arguments, from, to);
            try (Place target = workspace.newFolders().on(to)) {
                check(arguments, from, target);
                from.folder().rename(from.name(), target.folder(), target.name());
                target.folder().sync();
                from.folder().sync();
                return ToolOutcome.success(new Moved(from.show(), target.show(), target.exists()));
            }
        }
    }

    private static void check(Arguments arguments, Place from, Place to) throws PathRefused {
        BasicFileAttributes moved = from.requireMovable(arguments.from);
        to.requireReplaceable();
        if (to.path().startsWith(from.path())) {
            throw new PathRefused("'" + from.show() + "' cannot be moved to '" + to.show() + "', which is "
                    + (to.path().equals(from.path()) ? "the same" : "in it"));
        }
        if (to.exists() && moved.isDirectory()) {
            throw new PathRefused("'" + to.show() + "' is a file; a folder does not replace it");
        }
        if (to.exists() && !arguments.overwrites()) {
            throw new PathRefused("'" + to.show() + "' exists; set 'overwrite' to replace it");
        }
    }
}
