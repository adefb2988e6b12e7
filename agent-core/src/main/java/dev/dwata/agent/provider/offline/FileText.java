package dev.dwata.agent.provider.offline;

import java.util.List;
import java.util.stream.Collectors;

/// What was read, as people read it.
final class FileText {
    private static final int MAX_LINES = 200;
    private static final int MAX_CHARACTERS = 16_000;

    private FileText() {}

    static String all(List<Exchange> results) {
        return results.stream().map(FileText::one).collect(Collectors.joining("\n\n"));
    }

    static String lines(Exchange result) {
        if (!result.success()) {
            return Failures.say("read " + result.argument("path"), result);
        }
        String path = result.text("path");
        if (result.flag("binary")) {
            return path + " is a binary file, so it has no lines to count.";
        }
        return result.result().has("total_lines")
                ? path + " has " + Wordy.count(result.number("total_lines"), "line", "lines") + "."
                : path + " is too long to count its lines: " + Wordy.size(result.number("size")) + ".";
    }

    private static String one(Exchange result) {
        if (!result.success()) {
            return Failures.say("read " + result.argument("path"), result);
        }
        String path = result.text("path");
        String size = Wordy.size(result.number("size"));
        if (result.flag("binary")) {
            return path + " is a binary file of " + size + "; I can only show text.";
        }
        String content = result.text("content");
        if (content.isEmpty()) {
            return path + " is empty.";
        }
        String shown = Wordy.cut(firstLines(content), MAX_CHARACTERS);
        boolean cut = shown.length() < content.length() || result.flag("truncated");
        return path + " (" + length(result) + size + "):\n\n" + quote(shown) + (cut ? "\n\n… and it goes on." : "");
    }

    private static String length(Exchange result) {
        return result.result().has("total_lines")
                ? Wordy.count(result.number("total_lines"), "line", "lines") + ", "
                : "";
    }

    private static String firstLines(String content) {
        int end = -1;
        for (int line = 0; line < MAX_LINES; line++) {
            end = content.indexOf('\n', end + 1);
            if (end < 0) {
                return content;
            }
        }
        return content.substring(0, end + 1);
    }

    /// Between fences that are longer than any in the text.
    private static String quote(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence;
    }
}
