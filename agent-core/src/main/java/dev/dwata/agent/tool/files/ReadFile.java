package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// `filesystem.read`
record ReadFile(Workspace workspace) {
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "filesystem.read",
            "Reads a text file of the workspace, at most 256 KiB at a time. Where 'truncated' is true, read on at"
                    + " 'next_offset'.",
            Effect.PURE,
            Approval.AUTO);

    record Arguments(
            @Description("the file, relative to the workspace")
            String path,

            @Description("the first line to read, counting from 1; default 1") @Nullable
            Long offset,

            @Description("at most so many lines; default all") @Nullable
            Long limit) {}

    /// @param offset     the first line of the content
    /// @param lines      how many lines the content has
    /// @param totalLines absent where the file is too long to count them
    /// @param truncated  whether the content is not all of the file from `offset` on
    /// @param nextOffset absent where no line follows
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Content(
            String path,
            String content,
            long offset,
            long lines,
            @Nullable Long totalLines,
            long size,
            boolean truncated,
            @Nullable Long nextOffset) {}

    record Binary(String path, boolean binary, long size) {}

    Tool tool() {
        return Tool.of(
                HEAD,
                Arguments.class,
                FileFailures.lenient((arguments, context) -> Touched.reading(workspace, arguments.path)),
                FileFailures.explained(this::read));
    }

    ToolOutcome outcome(String path, @Nullable Long offset, ToolContext context) throws Exception {
        return FileFailures.<Arguments>explained(this::read).call(new Arguments(path, offset, null), context);
    }

    private ToolOutcome read(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        long offset = arguments.offset == null ? 1 : arguments.offset;
        long limit = arguments.limit == null ? Long.MAX_VALUE : arguments.limit;
        if (offset < 1 || limit < 1) {
            return new ToolOutcome.Retry("'offset' and 'limit' must be 1 or more");
        }
        try (Place place = workspace.existing(arguments.path);
                FileChannel channel = place.read()) {
            TextPage page = TextPage.read(channel, offset, limit, context);
            if (page.binary()) {
                return ToolOutcome.success(new Binary(place.show(), true, channel.size()));
            }
            if (offset > 1 && !page.reached()) {
                return new ToolOutcome.Retry(
                        "'" + place.show() + "' has fewer than " + offset + " lines that can be read");
            }
            return ToolOutcome.success(content(place.show(), page, offset, channel.size()));
        }
    }

    private static Content content(String path, TextPage page, long offset, long size) {
        String text = page.content();
        long lines = lines(text);
        long total = page.totalLines();
        long next = offset + lines;
        boolean more = total < 0 || next <= total;
        return new Content(
                path, text, offset, lines, total < 0 ? null : total, size, more || page.full(), more ? next : null);
    }

    private static long lines(String text) {
        long breaks = text.chars().filter(c -> c == '\n').count();
        return text.isEmpty() || text.endsWith("\n") ? breaks : breaks + 1;
    }
}
