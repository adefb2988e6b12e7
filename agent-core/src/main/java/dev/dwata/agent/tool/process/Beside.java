package dev.dwata.agent.tool.process;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import tools.jackson.databind.JsonNode;

/// A tool that has an effect and yet may run beside others: what it acts on are those.
record Beside(Tool tool) implements Tool {
    @Override
    public ToolSpec spec() {
        return tool.spec();
    }

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
        return true;
    }
}
