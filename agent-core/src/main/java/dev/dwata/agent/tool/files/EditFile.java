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
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// `filesystem.edit`
record EditFile(Workspace workspace, Approval approval) {
    private static final String NAME = "filesystem.edit";
    private static final String DESCRIPTION =
            "Replaces a text in a file of the workspace. 'old_text' must be in the file exactly once, with its white"
                    + " space and line ends; with 'replace_all' every one is replaced. At most 10 MiB.";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Arguments(
            @Description("the file, relative to the workspace")
            String path,

            @Description("what is in the file now, with enough around it to be there once")
            String oldText,

            @Description("what is to be there instead; may be empty")
            String newText,

            @Description("whether to replace all of them; default false") @Nullable
            Boolean replaceAll) {}

    /// @param replaced how many times the old text was there
    record Edited(String path, int replaced, long size) {}

    Tool tool() {
        ToolSpec.Head head = new ToolSpec.Head(NAME, DESCRIPTION, Effect.ONCE, approval).with(ToolTrait.WRITE);
        return Tool.of(head, Arguments.class, FileFailures.refusing(this::review), FileFailures.explained(this::edit));
    }

    private CallReview review(Arguments arguments, ToolContext context) throws IOException {
        try (Place place = workspace.place(arguments.path)) {
            place.requireReplaceable();
            place.requireFile();
            return new Touched(workspace).change("path", place).review();
        }
    }

    private ToolOutcome edit(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        if (arguments.oldText.isEmpty()) {
            return new ToolOutcome.Retry("'old_text' must not be empty");
        }
        context.checkCancelled();
        try (Place place = workspace.place(arguments.path)) {
            place.requireReplaceable();
            BasicFileAttributes before = place.requireFile();
            workspace.requireWritable(place);
            String text;
            try (FileChannel channel = place.read()) {
                text = Text.read(channel, place.show());
            }
            int count = count(text, arguments.oldText);
            boolean all = Boolean.TRUE.equals(arguments.replaceAll);
            if (count == 0) {
                return new ToolOutcome.Retry("'old_text' is not in '" + place.show() + "'; read it again");
            }
            if (!all && isAmbiguous(text, arguments.oldText)) {
                return new ToolOutcome.Retry("'old_text' is in '" + place.show()
                        + "' more than once; add what is around the right one, or set 'replace_all'");
            }
            return replace(place, before, text.replace(arguments.oldText, arguments.newText), count);
        }
    }

    private static ToolOutcome replace(Place place, BasicFileAttributes before, String text, int count)
            throws IOException {
        byte[] content = Text.encode("new_text", text);
        BasicFileAttributes now = place.folder().attributes(place.name());
        if (!Objects.equals(now.fileKey(), before.fileKey())
                || !now.lastModifiedTime().equals(before.lastModifiedTime())
                || now.size() != before.size()) {
            return new ToolOutcome.Retry("'" + place.show() + "' was changed meanwhile; read it again");
        }
        AtomicFile.write(place.folder(), place.name(), true, content);
        return ToolOutcome.success(new Edited(place.show(), count, content.length));
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /// Also where they overlap.
    private static boolean isAmbiguous(String text, String part) {
        return text.indexOf(part) != text.lastIndexOf(part);
    }
}
