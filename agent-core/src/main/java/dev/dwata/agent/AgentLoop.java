package dev.dwata.agent;

import dev.dwata.agent.context.Normaliser;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.ModelReply;
import dev.dwata.agent.model.ModelRequest;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.StatusChanged;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.AgentException;
import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunProgress;
import dev.dwata.types.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loop: ask the model, say what it said, stop if it called nothing, run the calls, go again.
///
/// One object is one run. It knows neither sessions nor storage nor transports; what happens goes to the
/// [EventSink]. Retries, fallback, budgets and compaction wrap the model and the policy, and never grow in
/// here.
final class AgentLoop {
    private final Model model;
    private final @Nullable String system;
    private final ToolRunner tools;
    private final Limits limits;
    private final EventSink sink;
    private final CallIds callIds = new CallIds();

    /// How far a run has come.
    record Progress(int turns, TokenUsage used) {}

    AgentLoop(Model model, @Nullable String system, ToolRunner tools, Limits limits, EventSink sink) {
        this.model = model;
        this.system = system;
        this.tools = tools;
        this.limits = limits;
        this.sink = sink;
    }

    /// Runs to the answer.
    ///
    /// @param conversation so far, the new message or the latest results last; not modified
    /// @param done         turns that a run which is resumed has behind it, and what they used
    /// @return the event that ends the run, not yet emitted
    /// @throws InterruptedException if cancelled; every tool call has its result
    /// @throws AgentException if the run cannot go on: a limit, the model, the storage
    RunCompleted run(List<Message> conversation, Progress done) throws InterruptedException {
        List<Message> messages = new ArrayList<>(conversation);
        TokenUsage used = done.used();
        for (int turn = done.turns() + 1; turn <= limits.maxTurns(); turn++) {
            sink.emit(new StatusChanged(RunProgress.THINKING));
            ModelReply reply = ask(messages, turn);
            MessageId id = MessageId.create();
            String answered = reply.answeredBy() == null ? model.id() : reply.answeredBy();
            sink.emit(new TurnCompleted(turn, id, reply.parts(), reply.usage(), reply.stopReason(), answered));
            Message said = reply.message();
            messages.add(said);
            used = used.plus(reply.usage());
            List<Part.ToolCall> calls = said.toolCalls();
            if (calls.isEmpty()) {
                sink.emit(new StatusChanged(RunProgress.DONE));
                return new RunCompleted(id, said.text(), used.total(), used, reply.stopReason(), turn);
            }
            sink.emit(new StatusChanged(RunProgress.EXECUTING_TOOL));
            messages.add(new Message(Role.TOOL, tools.run(calls)));
            stopAfterFailures();
        }
        throw limit("the run reached its limit of %d turns", "maxTurns", limits.maxTurns());
    }

    private ModelReply ask(List<Message> messages, int turn) throws InterruptedException {
        ModelRequest request =
                new ModelRequest(model.name(), system, Normaliser.normalise(messages), tools.specs(), null);
        ModelReply reply = model.client().stream(request, new Telling(sink, turn));
        return reply.withParts(callIds.unique(reply.parts()));
    }

    private void stopAfterFailures() {
        if (tools.failedInARow() >= limits.maxConsecutiveToolFailures()) {
            throw limit(
                    "the run was stopped after %d failed tool calls in a row",
                    "maxConsecutiveToolFailures", limits.maxConsecutiveToolFailures());
        }
    }

    private static AgentException limit(String message, String name, int value) {
        return new AgentException(new AgentError.LimitReached(message.formatted(value), name, value));
    }
}
