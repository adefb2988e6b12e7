package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.types.Approval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filesystem.list`, `.read`, `.find`, `.search`, `.write`, `.edit`, `.move` and `.delete`, jailed to a
/// [Workspace].
public final class FileTools {
    private FileTools() {}

    /// For a workspace that nobody said is trusted.
    public static List<Tool> in(Workspace workspace) {
        return in(workspace, false);
    }

    /// @param trusted whether the person trusts the workspace: then files are written, edited and moved without
    ///     asking. Deleting, and what is protected, is asked about all the same
    public static List<Tool> in(Workspace workspace, boolean trusted) {
        Approval changes = trusted ? Approval.AUTO : Approval.CONFIRM;
        return List.of(
                new ListFolder(workspace).tool(),
                new ReadFile(workspace).tool(),
                new FindFiles(workspace).tool(),
                new SearchFiles(workspace, FindFiles.AT_MOST).tool(),
                new WriteFile(workspace, changes).tool(),
                new EditFile(workspace, changes).tool(),
                new MoveFile(workspace, changes).tool(),
                new DeleteFile(workspace).tool());
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
