package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// `filesystem.write`
record WriteFile(Workspace workspace) {
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "filesystem.write",
            "Writes a text file of the workspace, whole: a new one, with the folders it needs, or in place of the"
                    + " one that was there.",
            Effect.IDEMPOTENT,
            Approval.CONFIRM);

    record Arguments(
            @Description("the file, relative to the workspace")
            String path,

            @Description("everything that the file is to contain, at most 10 MiB")
            String content) {}

    /// @param created whether there was no such file before
    record Written(String path, long size, boolean created) {}

    Tool tool() {
        return Tool.of(HEAD, Arguments.class, FileFailures.explained(this::write));
    }

    private ToolOutcome write(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        byte[] content = arguments.content.getBytes(StandardCharsets.UTF_8);
        if (content.length > MAX_BYTES) {
            return new ToolOutcome.Failure(
                    "'content' has " + content.length + " bytes; at most " + MAX_BYTES + " can be written");
        }
        context.checkCancelled();
        Path file = workspace.writable(arguments.path);
        boolean created = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        AtomicFile.write(file, content);
        return ToolOutcome.success(new Written(workspace.show(file), content.length, created));
    }
}
