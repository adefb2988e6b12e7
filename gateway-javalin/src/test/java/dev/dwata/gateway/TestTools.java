package dev.dwata.gateway;

import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import java.util.Map;

/// Tools for scripted models to call.
final class TestTools {
    private TestTools() {}

    record Text(String text) {}

    /// Gives back what it was given.
    static Tool echo() {
        return Tool.of(
                new ToolSpec.Head("test.echo", "Gives the text back.", Effect.PURE, Approval.AUTO),
                Text.class,
                (arguments, context) -> ToolOutcome.success(Map.of("text", arguments.text())));
    }

    /// Always fails.
    static Tool broken() {
        return Tool.of(
                new ToolSpec.Head("test.broken", "Fails.", Effect.PURE, Approval.AUTO),
                Text.class,
                (arguments, context) -> new ToolOutcome.Failure("it is broken"));
    }
}
