package dev.dwata.agent;

import dev.dwata.agent.tool.Asking;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.InputKind;
import dev.dwata.types.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool that a client carries out: a call is an input request, and what the client answers is the result. The
/// request is in the log before the client sees it, so a call that is taken up again is not made twice.
///
/// @param patience how long the client may take
/// @param target   the client that is meant; absent: the first that answers
record ClientTool(
        ToolSpec spec, Duration patience, @Nullable String target) implements Tool {

    /// For a call that waits for a client which has not registered the tool again.
    static ClientTool standIn(String name) {
        ToolSpec spec = new ToolSpec(name, name, Json.MAPPER.createObjectNode(), Effect.IDEMPOTENT, Approval.AUTO);
        return new ClientTool(spec, Asking.Ask.FOR_A_CLIENT, null);
    }

    @Override
    public boolean runsBesideOthers() {
        return true;
    }

    @Override
    public ToolOutcome call(JsonNode arguments, ToolContext context) throws InterruptedException {
        Asking.Ask ask = new Asking.Ask(InputKind.CLIENT_TOOL, null, List.of(), null, patience, target);
        InputResolved said = context.asking().ask(ask);
        String reason = Objects.requireNonNullElse(said.reason(), "no reason was given");
        return switch (said.decision()) {
            case ANSWERED -> success(said.answer());
            case FAILED -> new ToolOutcome.Failure(reason);
            case REJECT -> new ToolOutcome.Denied("the user did not allow it: " + reason);
            case EXPIRED -> new ToolOutcome.Failure("no client answered within " + patience.toSeconds() + " s");
            case CANCELLED, APPROVE, ALWAYS, EDIT -> new ToolOutcome.Failure("no client will answer: " + reason);
        };
    }

    private static ToolOutcome success(@Nullable JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            return new ToolOutcome.Success(object);
        }
        ObjectNode data = Json.MAPPER.createObjectNode();
        return new ToolOutcome.Success(answer == null ? data : data.set("result", answer));
    }
}
