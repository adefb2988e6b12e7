package dev.dwata.agent.observe.jfr;

import dev.dwata.agent.observe.Observation;
import dev.dwata.agent.observe.Observed;
import dev.dwata.agent.observe.Observer;
import dev.dwata.agent.observe.Outcome;
import dev.dwata.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Writes `dev.dwata.Run`, `ModelCall`, `ToolCall`, `QueueWait` and `InputWait` where the Flight Recorder of
/// the JVM is on, and costs nothing where it is off. Holds ids, names, numbers and the codes of errors; nothing
/// that people, models or tools have said.
public final class FlightRecording implements Observer {

    @Override
    public @Nullable Observation begin(Observed what, @Nullable Observation parent) {
        return switch (what) {
            case Observed.Run it -> begun(new RunEvent(), it);
            case Observed.QueueWait it -> begun(new QueueWaitEvent(), it);
            case Observed.InputWait it -> {
                InputWaitEvent event = new InputWaitEvent();
                event.kind = it.kind();
                yield begun(event, it);
            }
            case Observed.ToolCall it -> {
                ToolCallEvent event = new ToolCallEvent();
                event.tool = it.toolName();
                event.toolCall = it.toolCallId();
                yield begun(event, it);
            }
            case Observed.ModelCall it -> {
                ModelCallEvent event = new ModelCallEvent();
                event.provider = it.provider();
                event.model = it.model();
                yield begun(event, it);
            }
            case Observed.Attempt it -> null;
            case Observed.Compaction it -> null;
        };
    }

    private static @Nullable Observation begun(RecordedEvent event, Observed what) {
        if (!event.isEnabled()) {
            return null;
        }
        event.at(what.place());
        event.begin();
        return outcome -> end(event, outcome);
    }

    private static void end(RecordedEvent event, Outcome outcome) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        switch (outcome) {
            case Outcome.Done it -> event.outcome = "done";
            case Outcome.Stopped it -> event.outcome = "stopped";
            case Outcome.Failed it -> event.outcome = it.error().code().name();
            case Outcome.Returned it -> event.outcome = it.error() == null ? "done" : ErrorCode.TOOL_FAILED.name();
            case Outcome.Completed it -> completed(event, it);
            case Outcome.Answered it -> answered(event, it);
        }
        event.commit();
    }

    private static void completed(RecordedEvent event, Outcome.Completed completed) {
        event.outcome = "done";
        if (event instanceof RunEvent run) {
            run.inputTokens = completed.usage().inputTokens();
            run.outputTokens = completed.usage().outputTokens();
            run.turns = completed.turns();
        }
    }

    private static void answered(RecordedEvent event, Outcome.Answered answered) {
        event.outcome = "done";
        if (event instanceof ModelCallEvent call) {
            call.inputTokens = answered.usage().inputTokens();
            call.outputTokens = answered.usage().outputTokens();
            call.cachedTokens = answered.usage().cachedTokens();
            call.answeredBy = answered.model();
        }
    }
}
