package dev.dwata.agent.tool.shell;

import dev.dwata.agent.process.CappedOutput;
import dev.dwata.agent.process.Exchange;
import dev.dwata.agent.tool.ToolContext.ProgressSink;
import java.util.concurrent.TimeUnit;

/// Keeps what a program says, and reports its last line every second while that changes.
final class Told implements Exchange.Listener {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final CappedOutput output;
    private final CappedOutput errors;
    private final ProgressSink progress;
    private long reported = System.nanoTime();
    private String last = "";

    Told(CappedOutput output, CappedOutput errors, ProgressSink progress) {
        this.output = output;
        this.errors = errors;
        this.progress = progress;
    }

    CappedOutput output() {
        return output;
    }

    CappedOutput errors() {
        return errors;
    }

    @Override
    public void output(byte[] bytes, int length) {
        output.add(bytes, length);
    }

    @Override
    public void errors(byte[] bytes, int length) {
        errors.add(bytes, length);
    }

    @Override
    public void stillRunning() throws InterruptedException {
        long now = System.nanoTime();
        if (now - reported < EVERY) {
            return;
        }
        reported = now;
        String said = errors.bytes() > 0 ? errors.lastLine() : output.lastLine();
        if (!said.isEmpty() && !said.equals(last)) {
            last = said;
            progress.report(null, said);
        }
    }

    void close() {
        output.close();
        errors.close();
    }
}
