package dev.dwata.agent.context;

import dev.dwata.agent.store.Summary;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a summary says besides its text, found without asking a model: the files that tool calls read and
/// changed, which add up from one summary to the next, and the tasks that the summary names as open.
final class Found {
    private static final int MOST_FILES = 200;
    private static final int MOST_TASKS = 50;
    private static final String TASKS = "## open tasks";

    private Found() {}

    /// @param text     of the summary
    /// @param before   the summary before it; absent if there is none
    /// @param messages what it summarises besides
    static Summary in(String text, @Nullable Summary before, List<Message> messages) {
        Set<String> read = new LinkedHashSet<>(before == null ? List.of() : before.filesRead());
        Set<String> changed = new LinkedHashSet<>(before == null ? List.of() : before.filesChanged());
        for (Message message : messages) {
            for (Part.ToolCall call : message.toolCalls()) {
                switch (call.name()) {
                    case "filesystem.read" -> add(read, call.arguments(), "path");
                    case "filesystem.write", "filesystem.edit", "filesystem.delete" ->
                        add(changed, call.arguments(), "path");
                    case "filesystem.move" -> {
                        add(changed, call.arguments(), "from");
                        add(changed, call.arguments(), "to");
                    }
                    default -> {}
                }
            }
        }
        read.removeAll(changed);
        return new Summary(text, latest(read), latest(changed), tasks(text), 0);
    }

    private static void add(Set<String> files, JsonNode arguments, String name) {
        JsonNode path = arguments.path(name);
        if (path.isString() && !path.stringValue().isBlank()) {
            files.remove(path.stringValue());
            files.add(path.stringValue());
        }
    }

    private static List<String> latest(Set<String> files) {
        List<String> all = List.copyOf(files);
        return all.subList(Math.max(0, all.size() - MOST_FILES), all.size());
    }

    /// The list below the summary's last heading "Open tasks".
    private static List<String> tasks(String summary) {
        List<String> tasks = new ArrayList<>();
        boolean within = false;
        for (String line : summary.lines().map(String::strip).toList()) {
            if (line.startsWith("#")) {
                within = line.toLowerCase(Locale.ROOT).startsWith(TASKS);
            } else if (within && line.startsWith("- ") && tasks.size() < MOST_TASKS) {
                tasks.add(Excerpt.of(line.substring(2).strip(), 300));
            }
        }
        return tasks;
    }
}
