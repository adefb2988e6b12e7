package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Folders and files as people read them.
final class Listing {
    private static final int MAX_SHOWN = 100;
    private static final int MAX_COLUMN = 50;

    private Listing() {}

    static String folder(Exchange listed) {
        if (listed.list("entries").isEmpty()) {
            return capital(place(listed)) + " is empty.";
        }
        List<String> sections = new ArrayList<>();
        sections.add(summary(listed) + ":");
        sections.add(section("Folders", of(listed, "folder")));
        sections.add(section("Files", of(listed, "file")));
        List<JsonNode> others = new ArrayList<>(of(listed, "link"));
        others.addAll(of(listed, "other"));
        sections.add(section("Links and others", others));
        if (listed.flag("truncated")) {
            sections.add("There is more than was listed.");
        }
        if (!listed.list("unreadable").isEmpty()) {
            sections.add(
                    Wordy.count(listed.list("unreadable").size(), "folder", "folders") + " could not be looked into.");
        }
        sections.removeIf(String::isEmpty);
        return String.join("\n\n", sections);
    }

    static String count(Exchange listed) {
        return listed.list("entries").isEmpty() ? capital(place(listed)) + " is empty." : summary(listed) + ".";
    }

    static String found(Exchange found) {
        List<JsonNode> entries = found.list("entries");
        String where = found.text("path").equals(".") ? "" : " in " + found.text("path");
        if (entries.isEmpty()) {
            return "I found nothing named " + found.text("pattern") + where + ".";
        }
        String more = found.flag("truncated") ? ", and there is more" : "";
        return "I found " + Wordy.count(entries.size(), "match", "matches") + " for " + found.text("pattern") + where
                + more + ":\n\n" + lines(entries);
    }

    private static String summary(Exchange listed) {
        List<JsonNode> files = of(listed, "file");
        long size =
                files.stream().mapToLong(file -> file.path("size").longValue(0)).sum();
        int folders = of(listed, "folder").size();
        int others = listed.list("entries").size() - folders - files.size();
        List<String> counts = new ArrayList<>();
        if (folders > 0) {
            counts.add(Wordy.count(folders, "folder", "folders"));
        }
        if (!files.isEmpty()) {
            counts.add(Wordy.count(files.size(), "file", "files") + " (" + Wordy.size(size) + ")");
        }
        if (others > 0) {
            counts.add(Wordy.count(others, "link or other", "links and others"));
        }
        String last = counts.removeLast();
        String all = counts.isEmpty() ? last : String.join(", ", counts) + " and " + last;
        return capital(place(listed)) + " holds " + (listed.flag("truncated") ? "at least " : "") + all;
    }

    private static String place(Exchange listed) {
        String path = listed.text("path");
        return path.isEmpty() || path.equals(".") ? "this folder" : path;
    }

    private static String capital(String place) {
        return place.equals("this folder") ? "This folder" : place;
    }

    private static String section(String title, List<JsonNode> entries) {
        return entries.isEmpty() ? "" : title + ":\n" + lines(entries);
    }

    private static String lines(List<JsonNode> entries) {
        List<JsonNode> shown = entries.subList(0, Math.min(MAX_SHOWN, entries.size()));
        int width = shown.stream().mapToInt(entry -> name(entry).length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : shown) {
            lines.add(line(entry, Math.min(width, MAX_COLUMN)));
        }
        if (shown.size() < entries.size()) {
            lines.add("  … and " + (entries.size() - shown.size()) + " more");
        }
        return String.join("\n", lines);
    }

    private static String line(JsonNode entry, int width) {
        if (!entry.has("size")) {
            return "  " + name(entry);
        }
        String size = Wordy.size(entry.path("size").longValue(0));
        return "  " + name(entry) + " ".repeat(Math.max(0, width - name(entry).length())) + "  " + size;
    }

    private static String name(JsonNode entry) {
        String path = entry.path("path").stringValue("");
        return entry.path("type").stringValue("").equals("folder") ? path + "/" : path;
    }

    private static List<JsonNode> of(Exchange listed, String type) {
        return listed.list("entries").stream()
                .filter(entry -> entry.path("type").stringValue("").equals(type))
                .toList();
    }
}
