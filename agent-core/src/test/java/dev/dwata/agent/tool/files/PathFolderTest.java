package dev.dwata.agent.tool.files;

import java.nio.file.Path;

class PathFolderTest extends OpenFolderContract {
    @Override
    OpenFolder open(Path path) {
        return new PathFolder(path);
    }
}
