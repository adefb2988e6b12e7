package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/// Visits what is in a folder, nearest first and each folder by name, hidden files included. Does not follow
/// symbolic links. Stops when it has seen too much, or has taken too long.
final class FolderWalk {
    /// So many files and folders are looked at and no more.
    static final int MAX_SEEN = 100_000;

    private final Workspace workspace;
    private final int depth;
    private final Patience patience;
    private final Visitor visitor;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final List<Path> unreadable = new ArrayList<>();
    private int seen;

    private record Waiting(Path path, int level) {}

    /// Something on the way.
    ///
    /// @param path   relative to the workspace
    /// @param folder where it is, held open
    /// @param name   of it in `folder`
    record Sight(Path path, OpenFolder folder, Path name, BasicFileAttributes attributes) {}

    interface Visitor {
        /// @return whether to go on
        boolean visit(Sight sight) throws IOException, InterruptedException;
    }

    /// @param depth 1 for what is directly in a folder
    FolderWalk(Workspace workspace, int depth, Patience patience, Visitor visitor) {
        this.workspace = workspace;
        this.depth = depth;
        this.patience = patience;
        this.visitor = visitor;
    }

    /// @param start a folder, relative to the workspace
    /// @return whether everything was visited that can be
    boolean over(Path start, ToolContext context) throws IOException, InterruptedException {
        boolean goOn = visitAll(new Waiting(start, 1), context);
        while (goOn && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            try {
                goOn = visitAll(next, context);
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (PathRefused | NoSuchFileException e) {
                // It went away, or became something else, since its folder was read.
            } catch (IOException e) {
                unreadable.add(next.path);
            }
        }
        return goOn;
    }

    /// Folders that could not be looked into, relative to the workspace.
    List<Path> unreadable() {
        return unreadable;
    }

    private boolean visitAll(Waiting start, ToolContext context) throws IOException, InterruptedException {
        List<Path> parts = new ArrayList<>();
        start.path.forEach(parts::add);
        try (Place place = workspace.place(parts, false)) {
            Workspace.requireFolder(parts, place.attributes());
            try (OpenFolder folder = place.folder().folder(place.name())) {
                return visitAll(start, folder, context);
            }
        }
    }

    private boolean visitAll(Waiting start, OpenFolder folder, ToolContext context)
            throws IOException, InterruptedException {
        List<Path> names = folder.names(MAX_SEEN + 1 - Math.min(seen, MAX_SEEN));
        names.removeIf(TemporaryName::is);
        names.sort(Comparator.comparing(Path::toString));
        for (Path name : names) {
            if (patience.isOver(context)) {
                return false;
            }
            BasicFileAttributes attributes;
            try {
                attributes = folder.attributes(name);
            } catch (IOException e) {
                continue; // It went away since its folder was read.
            }
            Path path = place(start.path, name);
            if (++seen > MAX_SEEN || !visitor.visit(new Sight(path, folder, name, attributes))) {
                return false;
            }
            if (attributes.isDirectory() && start.level < depth) {
                waiting.add(new Waiting(path, start.level + 1));
            }
        }
        return true;
    }

    private static Path place(Path folder, Path name) {
        return folder.toString().equals(".") ? name : folder.resolve(name);
    }
}
