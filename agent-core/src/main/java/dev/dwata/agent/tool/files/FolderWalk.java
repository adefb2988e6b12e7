package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.ToolContext;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/// Visits what is in a folder, nearest first and each folder by name, hidden files included. Does not follow
/// symbolic links.
final class FolderWalk {
    /// So many files and folders are looked at and no more.
    private static final int MAX_SEEN = 100_000;

    private final int depth;
    private final Visitor visitor;
    private final ToolContext context;
    private final Queue<Folder> waiting = new ArrayDeque<>();
    private final List<Path> unreadable = new ArrayList<>();
    private int seen;

    private record Folder(Path path, int level) {}

    interface Visitor {
        /// @return whether to go on
        boolean visit(Path path, BasicFileAttributes attributes);
    }

    /// @param depth 1 for what is directly in a folder
    FolderWalk(int depth, Visitor visitor, ToolContext context) {
        this.depth = depth;
        this.visitor = visitor;
        this.context = context;
    }

    /// @return whether everything was visited that can be
    boolean over(Path start) throws IOException, InterruptedException {
        boolean goOn = visitAll(names(start), 1);
        while (goOn && !waiting.isEmpty()) {
            Folder folder = waiting.remove();
            goOn = visitAll(namesIfReadable(folder.path), folder.level);
        }
        return goOn;
    }

    /// Folders that could not be looked into.
    List<Path> unreadable() {
        return unreadable;
    }

    private boolean visitAll(List<Path> paths, int level) throws InterruptedException {
        for (Path path : paths) {
            context.checkCancelled();
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                continue; // It went away since its folder was read.
            }
            if (++seen > MAX_SEEN || !visitor.visit(path, attributes)) {
                return false;
            }
            if (attributes.isDirectory() && level < depth) {
                waiting.add(new Folder(path, level + 1));
            }
        }
        return true;
    }

    private List<Path> namesIfReadable(Path folder) {
        try {
            return names(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            unreadable.add(folder);
            return List.of();
        }
    }

    private List<Path> names(Path folder) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                names.add(child);
                if (seen + names.size() > MAX_SEEN) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return names;
    }
}
