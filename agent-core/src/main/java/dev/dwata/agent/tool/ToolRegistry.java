package dev.dwata.agent.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// In the order they were given, which is the order models see.
    public List<ToolSpec> specs() {
        return specs;
    }

    public Optional<Tool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }
}
