package dev.dwata.cli.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// One logger of [Logs].
final class EventLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;

    private final transient Logs logs;
    private volatile Level least;

    EventLogger(String name, Logs logs, Level least) {
        this.name = name;
        this.logs = logs;
        this.least = least;
    }

    void atLeast(Level level) {
        if (level.toInt() < least.toInt()) {
            least = level;
        }
    }

    private boolean tells(Level level) {
        return level.toInt() >= least.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return tells(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return tells(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return tells(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return tells(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return tells(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return EventLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable error) {
        logs.write(new Logged(level, name, text(message, arguments), List.of(), error));
    }

    @Override
    public void log(LoggingEvent event) {
        List<KeyValuePair> fields = event.getKeyValuePairs();
        logs.write(new Logged(
                event.getLevel(),
                name,
                text(event.getMessage(), event.getArgumentArray()),
                fields == null ? List.of() : fields,
                event.getThrowable()));
    }

    private static String text(@Nullable String message, Object @Nullable [] arguments) {
        return String.valueOf(MessageFormatter.basicArrayFormat(message, arguments));
    }
}
