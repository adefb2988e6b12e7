package dev.dwata.agent;

import dev.dwata.types.Part;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A tool call that is being carried out. It can be stopped without its run.
final class RunningCall implements AutoCloseable {
    private final Part.ToolCall call;
    private final long number;
    private final RunTask.Stop stopping;
    private final Consumer<RunningCall> done;
    private final Thread thread = Thread.currentThread();
    private @Nullable String stoppedBecause;
    private @Nullable Double progress;
    private @Nullable String message;
    private boolean over;

    RunningCall(Part.ToolCall call, long number, RunTask.Stop stopping, Consumer<RunningCall> done) {
        this.call = call;
        this.number = number;
        this.stopping = stopping;
        this.done = done;
    }

    Part.ToolCall call() {
        return call;
    }

    long number() {
        return number;
    }

    synchronized void report(@Nullable Double part, @Nullable String text) {
        progress = part == null ? progress : part;
        message = text == null ? message : text;
    }

    synchronized @Nullable Double progress() {
        return progress;
    }

    synchronized @Nullable String message() {
        return message;
    }

    /// Stops it; the run goes on.
    ///
    /// @return whether it was still under way
    synchronized boolean stop(String reason) {
        if (over) {
            return false;
        }
        if (stoppedBecause == null) {
            stoppedBecause = reason;
            thread.interrupt();
        }
        return true;
    }

    /// Why it was stopped by itself; absent if it was not, or if its whole run was.
    synchronized @Nullable String stoppedBecause() {
        return stopping.isAsked() ? null : stoppedBecause;
    }

    /// An interrupt that was meant for it is not to meet what comes next; one that was meant for the run is.
    @Override
    public synchronized void close() {
        over = true;
        done.accept(this);
        if (stoppedBecause != null && Thread.interrupted() && stopping.isAsked()) {
            thread.interrupt();
        }
    }
}
