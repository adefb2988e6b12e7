package dev.dwata.agent;

import dev.dwata.agent.context.ContextWindow;
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
import dev.dwata.types.RunProgress;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loop: ask the model, say what it said, stop if it called nothing, run the calls, go again.
///
/// One object is one run. It knows neither sessions nor storage nor transports; what happens goes to the
/// [EventSink]. Retries, fallback and budgets wrap the model and the policy, the context sees to its own
/// length; none of them grows in here.
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
    /// @param context the conversation so far, the new message or the latest results last
    /// @param done    turns that a run which is resumed has behind it, and what they used
    /// @return the event that ends the run, not yet emitted
    /// @throws InterruptedException if cancelled; every tool call has its result
    /// @throws AgentException if the run cannot go on: a limit, the model, the storage
    RunCompleted run(ContextWindow context, Progress done) throws InterruptedException {
        TokenUsage used = done.used();
        for (int turn = done.turns() + 1; turn <= limits.maxTurns(); turn++) {
            sink.emit(new StatusChanged(RunProgress.THINKING));
            ModelReply reply = ask(context, turn);
            MessageId id = MessageId.create();
            String answered = reply.answeredBy() == null ? model.id() : reply.answeredBy();
            sink.emit(new TurnCompleted(turn, id, reply.parts(), reply.usage(), reply.stopReason(), answered));
            Message said = reply.message();
            context.said(id, said, reply.usage().total());
            used = used.plus(reply.usage());
            List<Part.ToolCall> calls = said.toolCalls();
            if (calls.isEmpty()) {
                sink.emit(new StatusChanged(RunProgress.DONE));
                TokenUsage all = used.plus(context.used());
                return new RunCompleted(id, said.text(), all.total(), all, reply.stopReason(), turn);
            }
            sink.emit(new StatusChanged(RunProgress.EXECUTING_TOOL));
            context.returned(tools.run(calls));
            stopAfterFailures();
        }
        throw limit("the run reached its limit of %d turns", "maxTurns", limits.maxTurns());
    }

    private ModelReply ask(ContextWindow context, int turn) throws InterruptedException {
        Telling telling = new Telling(sink, turn);
        ModelReply reply = context.ask(messages -> {
            telling.begin();
            return model.client().stream(
                    new ModelRequest(model.name(), system, messages, tools.specs(), null), telling);
        });
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
