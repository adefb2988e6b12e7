package dev.dwata.agent.provider.offline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How files are listed, found and read.
final class FileActs {
    private final Replay replay;

    FileActs(Replay replay) {
        this.replay = replay;
    }

    Step list(Intent.ListFolder intent) {
        Wish wish = listing(intent.path()).with("depth", intent.depth() == 1 ? null : intent.depth());
        return replay.ask(
                wish,
                result ->
                        Step.says(result.success() ? Listing.folder(result) : Failures.say("list the folder", result)));
    }

    Step count(Intent.CountFiles intent) {
        return replay.ask(
                listing(intent.path()),
                result ->
                        Step.says(result.success() ? Listing.count(result) : Failures.say("list the folder", result)));
    }

    /// A name may be a folder's or a file's: the folder is tried first.
    Step look(Intent.Look intent) {
        return replay.ask(
                listing(intent.path()),
                listed -> listed.success()
                        ? Step.says(Listing.folder(listed))
                        : read(new Intent.Read(List.of(new Target.Named(intent.path())))));
    }

    Step find(Intent.Find intent) {
        Wish wish = finding(intent.pattern()).with("path", intent.path());
        return replay.ask(
                wish, result -> Step.says(result.success() ? Listing.found(result) : Failures.say("search", result)));
    }

    Step read(Intent.Read intent) {
        List<String> paths = new Referents(replay.soFar()).paths(intent.targets());
        if (paths.isEmpty()) {
            return Step.says("I do not know which file you mean. Name it, or let me find it first.");
        }
        List<Wish> wishes = paths.stream().map(FileActs::reading).toList();
        return replay.askAll(wishes, results -> {
            String only = paths.getFirst();
            if (paths.size() == 1 && !results.getFirst().success() && mayBeShort(only)) {
                return readByPartOfName(only, results.getFirst());
            }
            return Step.says(FileText.all(results));
        });
    }

    /// "read README" where there is only a README.md.
    private Step readByPartOfName(String name, Exchange failed) {
        return replay.ask(finding(name + "*"), found -> {
            List<String> paths = new Referents(List.of(found)).paths(List.of(new Target.Nth(1)));
            return paths.isEmpty()
                    ? Step.says(FileText.all(List.of(failed)))
                    : replay.ask(reading(paths.getFirst()), result -> Step.says(FileText.all(List.of(result))));
        });
    }

    Step countLines(Intent.CountLines intent) {
        List<String> paths = new Referents(replay.soFar()).paths(List.of(intent.target()));
        if (paths.isEmpty()) {
            return Step.says("I do not know which file you mean.");
        }
        return replay.ask(reading(paths.getFirst()).with("limit", 1), result -> Step.says(FileText.lines(result)));
    }

    private boolean mayBeShort(String path) {
        return !path.contains("/") && !path.contains(".") && replay.offers("filesystem.find");
    }

    static Wish reading(String path) {
        return Wish.of("filesystem.read").with("path", path);
    }

    private static Wish listing(@Nullable String path) {
        return Wish.of("filesystem.list").with("path", path);
    }

    private static Wish finding(String pattern) {
        return Wish.of("filesystem.find").with("pattern", pattern);
    }
}
