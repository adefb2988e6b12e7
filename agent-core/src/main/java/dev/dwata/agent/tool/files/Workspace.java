package dev.dwata.agent.tool.files;

import dev.dwata.types.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The folder that the file tools are jailed to.
///
/// Paths are relative to it, or absolute and inside it. They are walked one part at a time, each looked up
/// in the folder before it, which is held open, so that a part which is swapped for a link meanwhile leads
/// nowhere. A part may be a symbolic link only if what it leads to lies inside: then the walk begins again
/// with the real path. `..` is never accepted. Only regular files are read or replaced. The folder itself
/// is known by what it is: one that was put in its place is not used.
///
/// This is a guard against a model's mistakes and mischief, not a sandbox. Its class is [#containment]: a
/// kernel handle walk where the JDK has handles of folders (Linux; macOS where it offers them), else
/// best-effort.
public final class Workspace {
    private static final int MAX_LINKS = 40;
    private static final Path ITSELF = Path.of(".");

    private final Path root;
    private final PathText text;
    private final Containment containment;
    private final @Nullable Object identity;
    private final NewFolders newFolders;

    private Workspace(Path root, Path asGiven, Containment containment) throws IOException {
        this.root = root;
        this.text = new PathText(root, asGiven);
        this.containment = containment;
        this.newFolders = new NewFolders(this);
        this.identity = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
    }

    /// @throws AgentException with `InvalidRequest` if `folder` is not a folder, or one that agents must not be
    ///     given: the whole file system, the person's home, or what the system says about itself
    public static Workspace at(Path folder) {
        return at(folder, List.of());
    }

    /// One that holds nothing of what agents must never touch.
    ///
    /// @param offLimits folders; they need not exist
    /// @throws AgentException with `InvalidRequest` also if `folder` is one of them, in one or around one
    public static Workspace at(Path folder, List<Path> offLimits) {
        try {
            Path root = folder.toRealPath();
            if (Files.isDirectory(root)) {
                UnfitWorkspace.check(root, offLimits);
                Containment best = HandleFolder.available(root) ? Containment.HANDLE_WALK : Containment.BEST_EFFORT;
                return new Workspace(root, asGiven(folder), best);
            }
        } catch (IOException e) {
            throw UnfitWorkspace.notAFolder(folder, e);
        }
        throw UnfitWorkspace.notAFolder(folder, null);
    }

    /// One as on a system without handles.
    static Workspace bestEffort(Path folder) throws IOException {
        return new Workspace(folder.toRealPath(), asGiven(folder), Containment.BEST_EFFORT);
    }

    private static Path asGiven(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /// Its real path, without symbolic links.
    public Path root() {
        return root;
    }

    public Containment containment() {
        return containment;
    }

    /// The regular file at `path`.
    ///
    /// @throws IOException if it cannot be used, or is none; the message is for whoever named the path
    public Path existingFile(String path) throws IOException {
        try (Place place = existing(path)) {
            place.requireFile();
            return root.resolve(place.path());
        }
    }

    /// The folder at `path`; the workspace itself where absent.
    ///
    /// @throws IOException if it cannot be used, or is none; the message is for whoever named the path
    public Path existingFolder(@Nullable String path) throws IOException {
        if (path == null || path.isBlank()) {
            return root;
        }
        try (Place place = existing(path)) {
            requireFolder(place.parts(), place.attributes());
            return root.resolve(place.path()).normalize();
        }
    }

    /// What is at `path`, links on the way and at its end resolved.
    Place existing(String path) throws IOException {
        Place place = place(text.parts(path), true);
        if (!place.exists()) {
            place.close();
            place.requireThere(path);
        }
        return place;
    }

    /// What is at `path`, or could be; a link at its end is not followed.
    Place place(String path) throws IOException {
        return place(text.parts(path), false);
    }

    /// @param parts of a path below the workspace; none for the workspace itself
    Place place(List<Path> parts, boolean followLast) throws IOException {
        List<Path> names = parts.isEmpty() ? List.of(ITSELF) : parts;
        for (int links = 0; links < MAX_LINKS; links++) {
            Place place = walk(names);
            BasicFileAttributes there = place.attributes();
            boolean last = place.at() == names.size() - 1;
            if (there == null || (last && !(there.isSymbolicLink() && followLast))) {
                return place;
            }
            place.close();
            names = resolved(names, place.at());
        }
        throw leadsOut(names);
    }

    NewFolders newFolders() {
        return newFolders;
    }

    /// Asks the system; a hint for people, since a file is replaced and not written to.
    void requireWritable(Place place) throws PathRefused {
        if (!Files.isWritable(root.resolve(place.path()))) {
            throw new PathRefused("'" + place.show() + "' is read-only");
        }
    }

    /// The workspace, opened; it must still be the folder that it was.
    OpenFolder open() throws IOException {
        OpenFolder folder = containment == Containment.HANDLE_WALK ? HandleFolder.open(root) : new PathFolder(root);
        try {
            if (Objects.equals(folder.attributes(ITSELF).fileKey(), identity)) {
                return folder;
            }
        } catch (IOException e) {
            folder.close();
            throw e;
        }
        folder.close();
        throw new PathRefused("the folder of the workspace was replaced by another; start again to use that one");
    }

    /// Goes along `names` until one is missing, or is a link, or there are no more.
    private Place walk(List<Path> names) throws IOException {
        OpenFolder folder = open();
        try {
            for (int at = 0; ; at++) {
                BasicFileAttributes there = attributes(folder, names.get(at));
                if (there == null || there.isSymbolicLink() || at == names.size() - 1) {
                    return new Place(folder, names, at, there);
                }
                requireFolder(names.subList(0, at + 1), there);
                OpenFolder next = folder.folder(names.get(at));
                folder.close();
                folder = next;
            }
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private static @Nullable BasicFileAttributes attributes(OpenFolder folder, Path name) throws IOException {
        try {
            return folder.attributes(name);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// `names` with the real path of the link among them. It is walked like any other, so it does no harm
    /// if the link was changed meanwhile.
    private List<Path> resolved(List<Path> names, int link) throws IOException {
        List<Path> before = names.subList(0, link + 1);
        Path target;
        try {
            target = root.resolve(Place.join(before)).toRealPath();
        } catch (IOException e) {
            throw leadsOut(before); // In the same words as below: what lies outside is nobody's business.
        }
        if (!target.startsWith(root)) {
            throw leadsOut(before);
        }
        List<Path> real = new ArrayList<>();
        if (!target.equals(root)) {
            root.relativize(target).forEach(real::add);
        }
        real.addAll(names.subList(link + 1, names.size()));
        return real.isEmpty() ? List.of(ITSELF) : real;
    }

    private static PathRefused leadsOut(List<Path> link) {
        return new PathRefused(
                "'" + Place.show(Place.join(link)) + "' is a symbolic link that leads out of the workspace or nowhere");
    }

    static void requireFolder(List<Path> names, @Nullable BasicFileAttributes there) throws PathRefused {
        if (there == null || !there.isDirectory()) {
            throw new PathRefused("'" + Place.show(Place.join(names)) + "' is not a folder");
        }
    }
}
