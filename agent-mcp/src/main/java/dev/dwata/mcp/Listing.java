package dev.dwata.mcp;

import dev.dwata.agent.store.CleanText;
import dev.dwata.types.Approval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a server lists, without what cannot be offered.
///
/// @param tools    at most [#MOST], in the server's order
/// @param warnings why each of the others is left out, for people
record Listing(List<ListedTool> tools, List<String> warnings) {
    static final int MOST = 256;
    private static final int MOST_WARNINGS = 20;

    Listing {
        tools = List.copyOf(tools);
        warnings = List.copyOf(warnings);
    }

    @Nullable
    ListedTool named(String remoteName) {
        return tools.stream()
                .filter(tool -> tool.remoteName().equals(remoteName))
                .findFirst()
                .orElse(null);
    }

    /// @param group the first part of the tools' names
    /// @param taken names that are others'
    static Listing of(List<JsonNode> listed, String group, Approval least, Set<String> taken) {
        Map<String, ListedTool> tools = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        for (JsonNode one : listed) {
            if (tools.size() == MOST) {
                warnings.add("it has more than " + MOST + " tools; the others are left out");
                break;
            }
            String remote = one.path("name").asString("");
            String name = ToolNames.of(group, remote);
            Optional<String> problem = problem(one, name);
            if (problem.isEmpty() && taken.contains(name)) {
                problem = Optional.of("there is a tool of dwata with that name");
            }
            if (problem.isEmpty() && tools.containsKey(name)) {
                problem = Optional.of("another of its tools has that name");
            }
            problem.ifPresentOrElse(
                    why -> warnings.add("tool '" + shown(remote) + "' is left out: " + why),
                    () -> tools.put(name, ListedTool.of(name, one, least)));
        }
        int more = warnings.size() - MOST_WARNINGS;
        if (more > 0) {
            warnings.subList(MOST_WARNINGS, warnings.size()).clear();
            warnings.add("and " + more + " more");
        }
        return new Listing(List.copyOf(tools.values()), warnings);
    }

    private static String shown(String name) {
        return Cut.toBytes(CleanText.of(name).replaceAll("\\p{Cntrl}", "?"), 100);
    }

    private static Optional<String> problem(JsonNode listed, String name) {
        if (!listed.path("name").isString() || listed.path("name").stringValue().length() > 256) {
            return Optional.of("its name is not a string of at most 256 characters");
        }
        if (name.isEmpty()) {
            return Optional.of("its name has no letter or digit");
        }
        JsonNode schema = listed.path("inputSchema");
        return schema.isMissingNode() || schema.isNull() ? Optional.empty() : SchemaCheck.problem(schema);
    }
}
