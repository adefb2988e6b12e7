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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `filesystem.search`
record SearchFiles(Workspace workspace, Duration atMost) {
    private static final ToolSpec.Head HEAD = new ToolSpec.Head(
            "filesystem.search",
            "Searches the text files of the workspace for lines with a text, the nearest files first. Upper and"
                    + " lower case differ. Skips binary files, files over 10 MiB and, unless 'path' names one,"
                    + " those that hold secrets.",
            Effect.PURE,
            Approval.AUTO);

    record Arguments(
            @Description("the text, or with 'regex' a regular expression as in Java, (?i) for any case")
            String query,

            @Description("the file, or the folder to look in, relative to the workspace; default the workspace")
            @Nullable
            String path,

            @Description("whether the query is a regular expression; default false") @Nullable
            Boolean regex,

            @Description("only files with such names, for example *.java or src/**/*.md; default all") @Nullable
            String pattern) {}

    /// @param files     how many were searched
    /// @param truncated whether there may be more lines with it
    /// @param stopped   why not everything was searched; absent where all was, or there were too many lines
    record Found(
            String query,
            String path,
            List<LineSearch.Line> lines,
            int files,
            boolean truncated,
            @Nullable String stopped) {}

    Tool tool() {
        return Tool.of(
                HEAD,
                Arguments.class,
                FileFailures.lenient((arguments, context) -> Touched.reading(workspace, arguments.path)),
                FileFailures.explained(this::search));
    }

    private ToolOutcome search(Arguments arguments, ToolContext context) throws IOException, InterruptedException {
        Needle needle;
        Glob glob;
        try {
            needle = Needle.of(arguments.query, Boolean.TRUE.equals(arguments.regex));
            glob = new Glob(arguments.pattern == null ? "*" : arguments.pattern);
        } catch (IllegalArgumentException e) {
            return new ToolOutcome.Retry(String.valueOf(e.getMessage()));
        }
        LineSearch search = new LineSearch(needle, new Patience(atMost), context);
        String start = arguments.path == null || arguments.path.isBlank() ? "." : arguments.path;
        try (Place place = workspace.existing(start)) {
            String stopped = null;
            boolean all = false;
            try {
                all = place.isFolder() ? over(place.path(), glob, search, context) : search.in(place);
            } catch (Needle.Stopped e) {
                context.checkCancelled();
                stopped = e.getMessage();
            }
            return ToolOutcome.success(
                    new Found(arguments.query, place.show(), search.found(), search.files(), !all, stopped));
        }
    }

    private boolean over(Path folder, Glob glob, LineSearch search, ToolContext context)
            throws IOException, InterruptedException {
        FolderWalk walk = new FolderWalk(workspace, FindFiles.MAX_DEPTH, search.patience(), sight -> {
            boolean wanted = sight.attributes().isRegularFile()
                    && glob.matches(FindFiles.below(folder, sight.path()))
                    && ProtectedNames.reading(sight.path()) == null;
            return !wanted || search.in(sight);
        });
        return walk.over(folder, context);
    }
}
