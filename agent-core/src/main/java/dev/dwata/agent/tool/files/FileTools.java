package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import java.util.List;

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
}
