package dev.dwata.agent.tool;

import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Calls tools as a run would, and shows what the model is told.
public record ToolCalls(ToolRegistry tools, Principal principal, SessionId session) {
    public static ToolCalls of(List<Tool> tools) {
        return new ToolCalls(new ToolRegistry(tools), Principal.LOCAL, SessionId.create());
    }

    public JsonNode call(String name, Map<String, ?> arguments) {
        try {
            ToolOutcome outcome = tools.find(name).orElseThrow().call(Json.MAPPER.valueToTree(arguments), context());
            return Json.MAPPER.readTree(outcome.result().toString());
        } catch (Exception e) {
            throw new AssertionError(name + " failed with an exception", e);
        }
    }

    /// What is known of a call before anybody agrees to it.
    ///
    /// @throws Exception if that cannot be told
    public CallReview review(String name, Map<String, ?> arguments) throws Exception {
        return tools.find(name).orElseThrow().review(Json.MAPPER.valueToTree(arguments), context());
    }

    private ToolContext context() {
        return new ToolContext(principal, session, RunId.create(), "call_1", (progress, message) -> {});
    }

    /// What the model is told of a call that fails, or an error saying that it did not.
    public String error(String name, Map<String, ?> arguments) {
        JsonNode result = call(name, arguments);
        if (result.get("success").booleanValue()) {
            throw new AssertionError(name + " should have failed, and answered " + result);
        }
        return result.get("error").stringValue();
    }
}
