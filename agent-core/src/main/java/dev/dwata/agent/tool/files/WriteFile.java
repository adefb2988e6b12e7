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

/// `filesystem.write`
record WriteFile(Workspace workspace, Approval approval) {
    private static final String NAME = "filesystem.write";
    private static final String DESCRIPTION =
            "Writes a text file of the workspace, whole: a new one, with the folders it needs, or in place of the"
                    + " one that was there.";

    record Arguments(
            @Description("the file, relative to the workspace")
            String path,

            @Description("everything that the file is to contain, at most 10 MiB")
            String content) {}

    /// @param created whether there was no such file before
    record Written(String path, long size, boolean created) {}

    Tool tool() {
        ToolSpec.Head head = new ToolSpec.Head(NAME, DESCRIPTION, Effect.IDEMPOTENT, approval).with(ToolTrait.WRITE);
        return Tool.of(head, Arguments.class, FileFailures.refusing(this::review), FileFailures.explained(this::write));
    }

    private CallReview review(Arguments arguments, ToolContext context) throws IOException {
        try (Place place = workspace.place(arguments.path)) {
            place.requireReplaceable();
            return new Touched(workspace).change("path", place).review();
        }
    }

    private ToolOutcome write(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        byte[] content = Text.encode("content", arguments.content);
        context.checkCancelled();
        try (Place place = workspace.place(arguments.path)) {
            requireWritable(place);
            try (Place file = workspace.newFolders().on(place)) {
                requireWritable(file);
                AtomicFile.write(file.folder(), file.name(), file.exists(), content);
                return ToolOutcome.success(new Written(file.show(), content.length, !file.exists()));
            }
        }
    }

    private void requireWritable(Place place) throws IOException {
        place.requireReplaceable();
        if (place.exists()) {
            workspace.requireWritable(place);
        }
    }
}
