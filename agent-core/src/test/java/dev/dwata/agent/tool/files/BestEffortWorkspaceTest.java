package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.file.Path;

/// The same on systems without handles of folders. S4-157
class BestEffortWorkspaceTest extends WorkspaceTest {
    @Override
    Workspace workspace(Path path) throws IOException {
        return Workspace.bestEffort(path);
    }
}
