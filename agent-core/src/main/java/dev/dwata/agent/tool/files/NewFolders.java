package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes folders of a workspace. The JDK has no call that makes one in a folder which is held open, so it is
/// made
/// in the workspace itself and then, by handles, moved to where it belongs.
record NewFolders(Workspace workspace) {

    /// The place with all folders on the way to it made; what has its name then is nothing, or a regular file.
    /// The caller closes both.
    Place on(Place place) throws IOException {
        Place here = place;
        while (here.at() < here.parts().size() - 1) {
            make(here.folder(), here.name());
            Place next = workspace.place(here.parts(), false);
            if (next.at() <= here.at()) {
                next.close();
                throw new PathRefused("'" + place.show() + "': another process changes its folders; try again");
            }
            if (here != place) {
                here.close();
            }
            here = next;
        }
        return here;
    }

    private void make(OpenFolder folder, Path name) throws IOException {
        try (OpenFolder root = workspace.open()) {
            TemporaryName.sweep(root);
            Path temporary = TemporaryName.create();
            Files.createDirectory(workspace.root().resolve(temporary));
            try {
                root.rename(temporary, folder, name);
            } catch (AtomicMoveNotSupportedException e) {
                throw new PathRefused("the folder '" + name + "' cannot be made: it would lie on another device than"
                        + " the workspace");
            } catch (IOException e) {
                // Somebody else made something of this name; what it is, is looked at next.
                if (!exists(folder, name)) {
                    throw e;
                }
            } finally {
                TemporaryName.delete(root, temporary);
            }
        }
        folder.sync();
    }

    private static boolean exists(OpenFolder folder, Path name) {
        try {
            return folder.attributes(name) != null;
        } catch (IOException e) {
            return false;
        }
    }
}
