package dev.dwata.agent.testing;

import static dev.dwata.agent.testing.SimulatedProcess.require;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelClient;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.AgentEvent.ToolStarted;
import dev.dwata.types.AgentException;
import dev.dwata.types.CallDecision;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.StopReason;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Stands between a process and its model and tools: refuses what a strict provider would refuse, counts how
/// often each call is carried out, and answers the message that asks whether the session is still alive.
final class Observer {
    static final String PROBE = "Are you still there?";
    private static final String UNKNOWN = "outcome unknown";

    private final Set<String> mayHaveRun = new HashSet<>();
    private final Set<String> stored = new HashSet<>();
    private final Map<String, Integer> carriedOut = new HashMap<>();
    private final Map<String, Effect> effects = new HashMap<>();
    private final List<String> illegal = new ArrayList<>();

    /// @param before what the process has found in the log
    Observer(List<Envelope> before) {
        for (Envelope entry : before) {
            if (entry.event() instanceof ToolCalled call && isAllowed(call)) {
                mayHaveRun.add(entry.runId() + "/" + call.toolCallId());
            } else if (entry.event() instanceof ToolStarted call) {
                mayHaveRun.add(entry.runId() + "/" + call.toolCallId());
            } else if (entry.event() instanceof ToolReturned result) {
                stored.add(entry.runId() + "/" + result.toolCallId());
            }
        }
    }

    /// Otherwise it begins when somebody has agreed.
    private static boolean isAllowed(ToolCalled call) {
        CallDecision decision = call.decision();
        return decision == null || decision.verdict() == CallDecision.Verdict.ALLOW;
    }

    ModelClient watch(ModelClient model) {
        return (request, sink) -> ask(model, request, sink);
    }

    private ModelReply ask(ModelClient model, ModelRequest request, DeltaSink sink) throws InterruptedException {
        try {
            LegalHistory.check(request.messages());
        } catch (AssertionError e) {
            refused(String.valueOf(e.getMessage()));
            throw new AgentException(new AgentError.ModelRejected(String.valueOf(e.getMessage()), 400));
        }
        List<Message> messages = request.messages();
        if (messages.getLast().role() == Role.USER && messages.getLast().text().equals(PROBE)) {
            sink.accept(new ModelDelta.Text("Yes."));
            return new ModelReply(List.of(new Part.Text("Yes.")), TokenUsage.ZERO, StopReason.END_TURN);
        }
        return model.stream(request, sink);
    }

    private synchronized void refused(String why) {
        illegal.add(why);
    }

    Tool watch(Tool tool) {
        effects.put(tool.spec().name(), tool.spec().effect());
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return tool.spec();
            }

            @Override
            public CallReview review(JsonNode arguments, ToolContext context) throws Exception {
                return tool.review(arguments, context);
            }

            @Override
            public boolean runsBesideOthers() {
                return tool.runsBesideOthers();
            }

            @Override
            public ToolOutcome call(JsonNode arguments, ToolContext context) throws Exception {
                count(context.runId() + "/" + context.toolCallId());
                return tool.call(arguments, context);
            }
        };
    }

    private synchronized void count(String call) {
        carriedOut.merge(call, 1, Integer::sum);
    }

    /// @param all the log
    synchronized void check(List<Envelope> all) {
        require(illegal.isEmpty(), "a strict provider would refuse a request: " + illegal);
        for (Envelope entry : all) {
            if (entry.event() instanceof ToolReturned result) {
                check(entry.runId() + "/" + result.toolCallId(), result);
            }
        }
    }

    private void check(String call, ToolReturned result) {
        int times = carriedOut.getOrDefault(call, 0);
        String what = "the call " + call + " of " + result.toolName();
        require(times <= 1, what + " was carried out " + times + " times");
        if (stored.contains(call)) {
            require(times == 0, what + " was carried out again, though its result was stored");
        } else if (mayHaveRun.contains(call) && effects.get(result.toolName()) == Effect.ONCE) {
            require(times == 0, what + " was repeated, though it may run only once and had been announced");
            require(
                    result.error() != null && result.error().startsWith(UNKNOWN),
                    what + " may have been carried out, and its result is " + result.result());
        } else if (result.success()) {
            require(times == 1, what + " has a result, and was not carried out");
        }
    }
}
