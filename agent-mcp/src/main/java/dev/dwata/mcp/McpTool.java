package dev.dwata.mcp;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.Json;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool of a server, for one session.
///
/// @param places  where its server is, which may be another from call to call
/// @param listed  as the model is told of it
/// @param changed whether it is not what it was, so that nobody may call it before somebody has looked
record McpTool(Supplier<Place> places, ListedTool listed, boolean changed) implements Tool {

    @Override
    public ToolSpec spec() {
        ToolSpec spec = listed.spec();
        if (!changed) {
            return spec;
        }
        ObjectNode nothing = Json.MAPPER.createObjectNode().put("type", "object");
        nothing.putObject("properties");
        return new ToolSpec(spec.name(), refusal(), nothing, spec.effect(), spec.approval(), spec.traits());
    }

    @Override
    public CallReview review(JsonNode arguments, ToolContext context) throws ServerFailure {
        Place place = places.get();
        if (changed || place.isChanged(listed)) {
            return CallReview.denied(refusal());
        }
        McpServer server = place.server();
        return CallReview.PLAIN.withBound(Map.of(
                "mcp_server",
                server.name() + ", " + server.reach().shown(),
                "definition",
                listed.hash().substring(0, 16)));
    }

    @Override
    public ToolOutcome call(JsonNode arguments, ToolContext context) throws InterruptedException {
        try {
            if (changed) {
                return new ToolOutcome.Failure(refusal());
            }
            Place place = places.get();
            Connection connection = place.connection();
            ListedTool now = connection.listing().named(listed.remoteName());
            if (now == null) {
                return new ToolOutcome.Failure(
                        Connection.name(place.server()) + " has no tool '" + listed.remoteName() + "' any more");
            }
            if (!now.hash().equals(listed.hash()) || place.isChanged(now)) {
                return new ToolOutcome.Failure(refusal());
            }
            return connection.call(listed.remoteName(), arguments, context);
        } catch (ServerFailure e) {
            return new ToolOutcome.Failure(e.said());
        }
    }

    private String refusal() {
        Place place = places.get();
        return "This tool is not what it was when it was approved: " + Connection.name(place.server())
                + " describes it differently now. It cannot be called until a person has looked at it and run"
                + " `dwata mcp approve " + place.server().name() + " " + listed.remoteName() + "`.";
    }
}
