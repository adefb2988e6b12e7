package dev.dwata.agent.tool.shell;

import dev.dwata.agent.process.CappedOutput;
import dev.dwata.agent.process.Exchange;
import dev.dwata.agent.process.Finished;
import dev.dwata.agent.process.Processes;
import dev.dwata.agent.process.Program;
import dev.dwata.agent.process.SpillFolder;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.types.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Runs the programs of tools: at most 4 at a time for a session and 16 for all; more wait. What they say
/// is bounded, and its last line is told while they run.
public final class Commands {
    private static final int MOST = 16;
    private static final int MOST_OF_A_SESSION = 4;

    private final Processes processes;
    private final SpillFolder spills;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Map<SessionId, Integer> running = new HashMap<>();

    /// @param spills the folder for output that is too long for a model; made when it is needed
    public Commands(Processes processes, Path spills) {
        this.processes = processes;
        this.spills = new SpillFolder(spills);
    }

    /// What came of a program.
    ///
    /// @param errors empty where its errors were part of its output
    public record Said(Finished finished, CappedOutput output, CappedOutput errors) {}

    public Processes processes() {
        return processes;
    }

    /// Runs a program to its end.
    ///
    /// @param input all that it reads
    /// @throws IOException          if it cannot be started; the message is for the model
    /// @throws InterruptedException when cancelled; it does not run any more then
    public Said run(Program program, String input, Duration atMost, ToolContext context)
            throws IOException, InterruptedException {
        take(context.sessionId());
        try {
            Told told = new Told(new CappedOutput(spills), new CappedOutput(spills), context.progress());
            try {
                Exchange exchange = new Exchange(input, atMost, Exchange.MOST_OUTPUT, told);
                return new Said(processes.run(program, exchange), told.output(), told.errors());
            } finally {
                told.close();
            }
        } finally {
            give(context.sessionId());
        }
    }

    private void take(SessionId session) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull(session)) {
                ended.await();
            }
            running.merge(session, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(SessionId session) {
        return running.getOrDefault(session, 0) >= MOST_OF_A_SESSION
                || running.values().stream().mapToInt(Integer::intValue).sum() >= MOST;
    }

    private void give(SessionId session) {
        lock.lock();
        try {
            running.computeIfPresent(session, (same, count) -> count == 1 ? null : count - 1);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
