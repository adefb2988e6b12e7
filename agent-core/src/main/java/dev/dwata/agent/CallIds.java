package dev.dwata.agent;

import dev.dwata.types.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps the ids of tool calls unique within a run: some servers count them anew in every turn, or leave them
/// empty.
final class CallIds {
    private static final int LONGEST = 128;

    private final Set<String> seen = new HashSet<>();

    /// The same parts; calls whose id is empty, too long or was seen before have another.
    List<Part> unique(List<Part> parts) {
        List<Part> unique = new ArrayList<>(parts.size());
        for (Part part : parts) {
            unique.add(part instanceof Part.ToolCall call ? unique(call) : part);
        }
        return unique;
    }

    private Part.ToolCall unique(Part.ToolCall call) {
        String wanted = call.id().isBlank() || call.id().length() > LONGEST ? "call" : call.id();
        String id = wanted;
        for (int n = 2; !seen.add(id); n++) {
            id = wanted + "_" + n;
        }
        return id.equals(call.id()) ? call : new Part.ToolCall(id, call.name(), call.arguments());
    }
}
