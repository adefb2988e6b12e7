package dev.dwata.agent.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// The tools that a runtime offers its models, by their dotted names.
public final class ToolRegistry {
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final List<ToolSpec> specs;

    /// @throws IllegalArgumentException if two tools have the same name
    public ToolRegistry(Collection<? extends Tool> tools) {
        for (Tool tool : tools) {
            if (this.tools.put(tool.spec().name(), tool) != null) {
                throw new IllegalArgumentException(
                        "two tools are called '" + tool.spec().name() + "'");
            }
        }
        this.specs = this.tools.values().stream().map(Tool::spec).toList();
    }

    /// These and one more.
    ///
    /// @throws IllegalArgumentException if there is one of its name
    public ToolRegistry and(Tool another) {
        List<Tool> all = new ArrayList<>(tools.values());
        all.add(another);
        return new ToolRegistry(all);
    }

    /// These and some more.
    ///
    /// @throws IllegalArgumentException if two have the same name
    public ToolRegistry and(Collection<? extends Tool> others) {
        List<Tool> all = new ArrayList<>(tools.values());
        all.addAll(others);
        return new ToolRegistry(all);
    }

    /// In the order they were given.
    public List<Tool> all() {
        return List.copyOf(tools.values());
    }

    /// In the order they were given, which is the order models see.
    public List<ToolSpec> specs() {
        return specs;
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /// Some of these tools, described otherwise; in the same order.
    ///
    /// @param change keeps the name
    public ToolRegistry adapted(Predicate<ToolSpec> which, UnaryOperator<ToolSpec> change) {
        return new ToolRegistry(tools.values().stream()
                .filter(tool -> which.test(tool.spec()))
                .map(tool -> adapted(tool, change.apply(tool.spec())))
                .toList());
    }

    private static Tool adapted(Tool tool, ToolSpec spec) {
        return spec.equals(tool.spec()) ? tool : new Adapted(spec, tool);
    }

    /// A tool under another description.
    private record Adapted(ToolSpec spec, Tool tool) implements Tool {
        @Override
        public ToolOutcome call(JsonNode arguments, ToolContext context) throws Exception {
            return tool.call(arguments, context);
        }

        @Override
        public CallReview review(JsonNode arguments, ToolContext context) throws Exception {
            return tool.review(arguments, context);
        }

        @Override
        public boolean runsBesideOthers() {
            return tool.runsBesideOthers();
        }
    }
}
