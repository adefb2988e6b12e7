package dev.dwata.agent.provider.offline;

import java.util.List;

/// How files are written and copied.
final class WriteActs {
    private final Replay replay;

    WriteActs(Replay replay) {
        this.replay = replay;
    }

    Step write(Intent.Write intent) {
        List<String> paths = new Referents(replay.soFar()).paths(List.of(intent.target()));
        return paths.isEmpty()
                ? Step.says("I do not know which file you mean.")
                : write(paths.getFirst(), intent.content(), "write " + paths.getFirst());
    }

    Step copy(Intent.Copy intent) {
        List<String> paths = new Referents(replay.soFar()).paths(List.of(intent.from()));
        if (paths.isEmpty()) {
            return Step.says("I do not know which file you mean.");
        }
        String from = paths.getFirst();
        return replay.ask(FileActs.reading(from), read -> {
            if (!read.success()) {
                return Step.says(Failures.say("read " + from, read));
            }
            if (read.flag("binary") || read.text("content").contains("\uFFFD")) {
                return Step.says("I did not copy " + from + ": it is not plain text, and I copy only that.");
            }
            if (read.flag("truncated")) {
                return Step.says("I did not copy " + from + ": it has " + Wordy.size(read.number("size"))
                        + ", and I cannot read so much in one go.");
            }
            return write(intent.to(), read.text("content"), "copy " + from + " to " + intent.to());
        });
    }

    private Step write(String path, String content, String doing) {
        Wish wish = Wish.of("filesystem.write").with("path", path).with("content", content);
        return replay.ask(wish, result -> Step.says(result.success() ? written(result) : Failures.say(doing, result)));
    }

    private static String written(Exchange result) {
        String size = Wordy.size(result.number("size"));
        return result.flag("created")
                ? "I created " + result.text("path") + " (" + size + ")."
                : "I replaced " + result.text("path") + ", which now has " + size + ".";
    }
}
