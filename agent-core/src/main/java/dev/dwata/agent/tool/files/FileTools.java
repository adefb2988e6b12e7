package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filesystem.read`, `.list`, `.find` and `.write`, jailed to a [Workspace].
public final class FileTools {
    private FileTools() {}

    public static List<Tool> in(Workspace workspace) {
        return List.of(
                new ListFolder(workspace).tool(),
                new ReadFile(workspace).tool(),
                new FindFiles(workspace).tool(),
                new WriteFile(workspace).tool());
    }

    /// What `filesystem.read` answers for a text file of a folder.
    ///
    /// @param offset the first line, counting from 1; absent: all
    /// @throws InterruptedException when cancelled
    public static ToolOutcome read(Workspace folder, String path, @Nullable Long offset, ToolContext context)
            throws Exception {
        return new ReadFile(folder).outcome(path, offset, context);
    }
}
