package dev.dwata.cli.log;

import dev.dwata.agent.redaction.Redaction;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Gives the libraries' loggers to SLF4J, which finds it by its name.
public final class LogProvider implements SLF4JServiceProvider {
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();
    private final Logs logs = new Logs(
            new ErrorLog(System.err, Redaction.none(), Clock.systemUTC()), level(System.getProperty(Logs.LEVEL, "")));

    private static Level level(String word) {
        for (Level level : Level.values()) {
            if (level.name().equals(word.toUpperCase(Locale.ROOT))) {
                return level;
            }
        }
        return Level.WARN;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return logs;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // all of it is made with this
    }
}
