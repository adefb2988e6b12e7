package dev.dwata.cli.log;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The loggers of the process. They tell what is a warning or worse; `-Ddwata.log.level=debug` has them tell
/// more.
public final class Logs implements ILoggerFactory {
    /// Of the virtual machine, for who looks for a defect: error, warn, info, debug or trace.
    static final String LEVEL = "dwata.log.level";

    private final Level least;
    private final Map<String, EventLogger> loggers = new ConcurrentHashMap<>();
    private volatile ErrorLog log;

    Logs(ErrorLog log, Level least) {
        this.log = log;
        this.least = least;
    }

    /// Those of this process; absent where it logs by other means.
    public static Optional<Logs> ofProcess() {
        return LoggerFactory.getILoggerFactory() instanceof Logs logs ? Optional.of(logs) : Optional.empty();
    }

    /// Where all that is said from now on goes.
    public void writeTo(ErrorLog target) {
        log = target;
    }

    /// What the lines are from now on; with JSON also what ends a thread is one.
    public void format(LogFormat format) {
        log.format(format);
        if (format == LogFormat.JSON) {
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, error) -> getLogger("dwata").error("thread '{}' has failed", thread.getName(), error));
        }
    }

    /// Has one logger tell what is of interest only, too.
    public void tell(String logger) {
        named(logger).atLeast(Level.INFO);
    }

    @Override
    public Logger getLogger(String name) {
        return named(name);
    }

    private EventLogger named(String name) {
        return loggers.computeIfAbsent(name, key -> new EventLogger(key, this, least));
    }

    void write(Logged said) {
        log.write(said);
    }
}
