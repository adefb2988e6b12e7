package dev.dwata.agent.testing;

import static dev.dwata.agent.testing.SimulatedProcess.require;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.ToolCalled;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What must hold of a log after a crash, whatever happened in it.
final class CrashInvariants {
    private final List<Envelope> before;
    private final List<Envelope> all;

    /// @param before the part of it that was there when the process started
    CrashInvariants(List<Envelope> before, List<Envelope> all) {
        this.before = before;
        this.all = all;
    }

    void checkLog() {
        require(
                all.size() >= before.size() && all.subList(0, before.size()).equals(before),
                "what was stored before the crash has changed");
        for (int i = 0; i < all.size(); i++) {
            require(
                    all.get(i).seq() == i + 1,
                    "entry " + (i + 1) + " has the number " + all.get(i).seq());
        }
    }

    /// @param asked the runs of the messages, in their order
    void checkRuns(List<RunId> asked) {
        Set<RunId> admitted = new LinkedHashSet<>();
        Set<RunId> over = new HashSet<>();
        for (Envelope entry : all) {
            RunId run = entry.runId();
            if (run == null) {
                continue;
            }
            require(!over.contains(run), "entry " + entry.seq() + " is of a run that was over: " + entry.event());
            if (entry.event() instanceof MessageReceived) {
                require(admitted.add(run), "entry " + entry.seq() + " is another message of one run");
            } else if (entry.event() instanceof Terminal) {
                over.add(run);
            }
        }
        require(
                List.copyOf(admitted).equals(asked),
                "the messages have the runs " + asked + ", the log has " + admitted);
        require(over.equals(admitted), "of the runs " + admitted + " only these are over: " + over);
    }

    void checkToolCalls() {
        Set<String> open = new LinkedHashSet<>();
        Set<String> called = new HashSet<>();
        for (Envelope entry : all) {
            AgentEvent event = entry.event();
            if (event instanceof ToolCalled call) {
                String id = entry.runId() + "/" + call.toolCallId();
                require(called.add(id), "the call " + id + " of " + call.toolName() + " is announced twice");
                open.add(id);
            } else if (event instanceof ToolReturned result) {
                String id = entry.runId() + "/" + result.toolCallId();
                require(open.remove(id), "the result of " + id + " of " + result.toolName() + " answers no open call");
            } else if (event instanceof Terminal) {
                require(open.isEmpty(), "the run is over, and these calls have no result: " + open);
            }
        }
    }
}
