package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.schema.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filesystem.find`
record FindFiles(Workspace workspace) {
    static final Duration AT_MOST = Duration.ofSeconds(10);
    static final int MAX_DEPTH = 64;

    private static final int MAX_FOUND = 1000;
    private static final Path ITSELF = Path.of(".");
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "filesystem.find",
            "Finds files and folders of the workspace by name, the nearest first. 'pattern' may contain * ? [a-z]"
                    + " {a,b}, and ** for any folders; with a '/' it is compared with the path below 'path', else"
                    + " with the name alone. Upper and lower case are the same.",
            Effect.PURE,
            Approval.AUTO);

    record Arguments(
            @Description("for example *.md or src/**/*Test.java")
            String pattern,

            @Description("the folder to look in, relative to the workspace; default the workspace itself") @Nullable
            String path) {}

    /// @param truncated whether not everything was looked at, or more was found than is listed
    record Found(String pattern, String path, List<FileEntry> entries, boolean truncated) {}

    Tool tool() {
        return Tool.of(
                HEAD,
                Arguments.class,
                FileFailures.lenient((arguments, context) -> Touched.reading(workspace, arguments.path)),
                FileFailures.explained(this::find));
    }

    private ToolOutcome find(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        Glob glob;
        try {
            glob = new Glob(arguments.pattern);
        } catch (IllegalArgumentException e) {
            return new ToolOutcome.Retry(String.valueOf(e.getMessage()));
        }
        Path folder = folder(workspace, arguments.path);
        List<FileEntry> found = new ArrayList<>();
        FolderWalk walk = new FolderWalk(workspace, MAX_DEPTH, new Patience(AT_MOST), sight -> {
            if (!glob.matches(below(folder, sight.path()))) {
                return true;
            }
            if (found.size() == MAX_FOUND) {
                return false;
            }
            return found.add(FileEntry.of(sight.path(), sight.attributes()));
        });
        boolean all = walk.over(folder, context);
        return ToolOutcome.success(new Found(arguments.pattern, Place.show(folder), found, !all));
    }

    /// The folder at `path`, relative to the workspace.
    static Path folder(Workspace workspace, @Nullable String path) throws IOException {
        if (path == null || path.isBlank()) {
            return ITSELF;
        }
        try (Place place = workspace.existing(path)) {
            Workspace.requireFolder(place.parts(), place.attributes());
            return place.path();
        }
    }

    /// `path` as seen from `folder`, with `/` between the names.
    static String below(Path folder, Path path) {
        return Place.show(folder.equals(ITSELF) ? path : folder.relativize(path));
    }
}
