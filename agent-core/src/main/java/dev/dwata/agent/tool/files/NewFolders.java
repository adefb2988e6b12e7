package dev.dwata.agent.tool.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/// Makes folders of a workspace. The JDK has no call that makes one in a folder which is held open, so it
/// is made in the workspace itself and then, by handles, moved to where it belongs.
final class NewFolders {
    private final Workspace workspace;
    /// To move a folder onto an empty one would take its place, and somebody may be about to fill that one.
    private final ReentrantLock making = new ReentrantLock();

    NewFolders(Workspace workspace) {
        this.workspace = workspace;
    }

    /// The place with all folders on the way to it made. The caller closes both; closing twice does no harm.
    Place on(Place place) throws IOException {
        Place here = place;
        try {
            while (here.at() < here.parts().size() - 1) {
                make(here.folder(), here.name());
                Place next = workspace.place(here.parts(), false);
                boolean further = next.at() > here.at();
                here.close();
                here = next;
                if (!further) {
                    throw new PathRefused("'" + place.show() + "': another process changes its folders; try again");
                }
            }
            return here;
        } catch (IOException e) {
            here.close();
            throw e;
        }
    }

    private void make(OpenFolder folder, Path name) throws IOException {
        making.lock();
        try (OpenFolder root = workspace.open()) {
            if (exists(folder, name)) {
                return;
            }
            TemporaryName.sweep(root);
            Path temporary = TemporaryName.create();
            Files.createDirectory(workspace.root().resolve(temporary));
            try {
                root.rename(temporary, folder, name);
            } catch (AtomicMoveNotSupportedException e) {
                throw new PathRefused("the folder '" + name + "' cannot be made: it would lie on another device than"
                        + " the workspace");
            } catch (IOException e) {
                // Another process made something of this name; what it is, is looked at next.
                if (!exists(folder, name)) {
                    throw e;
                }
            } finally {
                TemporaryName.delete(root, temporary);
            }
            folder.sync();
        } finally {
            making.unlock();
        }
    }

    private static boolean exists(OpenFolder folder, Path name) throws IOException {
        try {
            folder.attributes(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
