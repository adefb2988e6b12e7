package dev.dwata.agent.process;

import dev.dwata.agent.store.Children;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program that runs. Whoever started it reads its output and errors to their ends, or it may stand still,
/// and stops it, also when it has ended by itself: it may have left something behind.
public final class ChildProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

    private final String marker;
    private final Process process;
    private final ProcessTree tree;
    private final Children children;
    private final Consumer<ChildProcess> stopped;
    private boolean gone;

    /// @param stopped told once, when nothing of it is left
    ChildProcess(String marker, Process process, Children children, Consumer<ChildProcess> stopped) {
        this.marker = marker;
        this.process = process;
        this.tree = ProcessTree.of(marker, process.toHandle());
        this.children = children;
        this.stopped = stopped;
    }

    /// What `DWATA_CHILD` is in its environment.
    public String marker() {
        return marker;
    }

    public long pid() {
        return process.pid();
    }

    /// What it reads; buffered. Where it has no input, what is written goes nowhere.
    public OutputStream input() {
        return process.getOutputStream();
    }

    public InputStream output() {
        return process.getInputStream();
    }

    /// Empty where its errors are part of its output.
    public InputStream errors() {
        return process.getErrorStream();
    }

    /// Whether the program itself runs; what it started may run longer.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until the program itself has ended.
    ///
    /// @return absent if it has not
    public Optional<ExitStatus> waitFor(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS) ? exitStatus() : Optional.empty();
    }

    /// Absent while it runs.
    public Optional<ExitStatus> exitStatus() {
        return process.isAlive() ? Optional.empty() : Optional.of(ExitStatus.of(process.exitValue()));
    }

    /// How many processes still ran when it was stopped, and were ended.
    synchronized int ended() {
        return tree.ended();
    }

    /// Ends it with all that it started: asks, waits 2 s, and ends what is left. Done when it returns, at most
    /// 5 s later, also on a thread that is interrupted. More than once is as good as once.
    ///
    /// @return the numbers of the processes that could not be ended
    public synchronized List<Long> stop() {
        if (gone) {
            return List.of();
        }
        List<Long> left = tree.end();
        if (left.isEmpty()) {
            gone = true;
            closeQuietly();
            stopped.accept(this);
            forget();
        }
        return left;
    }

    /// As [#stop].
    @Override
    public void close() {
        List<Long> left = stop();
        if (!left.isEmpty()) {
            throw new IllegalStateException("could not be ended: processes " + left);
        }
    }

    /// Where the storage does not answer, the next start finds nothing left of it and forgets it.
    private void forget() {
        try {
            children.remove(marker);
        } catch (RuntimeException e) {
            LOG.warn("that process {} has ended could not be stored: {}", pid(), e.getMessage());
        }
    }

    private void closeQuietly() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // What nobody read any more.
        }
    }
}
