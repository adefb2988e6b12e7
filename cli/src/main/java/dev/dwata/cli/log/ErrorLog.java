package dev.dwata.cli.log;

import dev.dwata.agent.redaction.Redaction;
import dev.dwata.cli.output.LogOutput;
import dev.dwata.types.Json;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import tools.jackson.databind.node.ObjectNode;

/// What the process says on stderr: the log and all else. As JSON every line of it is one object, whoever has
/// said it; secrets are taken out before they are escaped.
///
///     {"time":"2026-01-05T10:00:00.123Z","level":"WARN","logger":"dev.dwata.gateway.ws.Room","message":"…",
///     "thread":"…","error":{"class":"java.io.IOException","message":"…","stack":"…"}}
public final class ErrorLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final PrintStream safe;
    private final Redaction redaction;
    private final Clock clock;
    private volatile LogFormat format = LogFormat.TEXT;

    /// As text, until it is told otherwise.
    ///
    /// @param out writes what it is given at once
    public ErrorLog(PrintStream out, Redaction redaction, Clock clock) {
        this.out = out;
        this.safe = LogOutput.over(out);
        this.redaction = redaction;
        this.clock = clock;
    }

    /// What is said from now on.
    void format(LogFormat chosen) {
        format = chosen;
    }

    boolean isJson() {
        return format == LogFormat.JSON;
    }

    /// What others print there: as it is, or each line as a line of the log.
    ///
    /// @param logger that the lines are told by
    public PrintStream printed(String logger, Level level) {
        OutputStream lines = new PrintedLines(this, out, logger, level);
        return new PrintStream(lines, true, StandardCharsets.UTF_8);
    }

    void write(Logged said) {
        if (isJson()) {
            byte[] line = (Json.MAPPER.writeValueAsString(object(said)) + "\n").getBytes(StandardCharsets.UTF_8);
            out.write(line, 0, line.length);
            out.flush();
            return;
        }
        String name = said.logger().substring(said.logger().lastIndexOf('.') + 1);
        String stack = said.error() == null ? "" : "\n" + stack(said.error()).stripTrailing();
        byte[] line =
                (said.level() + " " + name + " - " + said.message() + stack + "\n").getBytes(StandardCharsets.UTF_8);
        safe.write(line, 0, line.length);
        safe.flush();
    }

    private ObjectNode object(Logged said) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("time", TIME.format(clock.instant()));
        line.put("level", said.level().name());
        line.put("logger", said.logger());
        line.put("message", redaction.text(said.message()));
        String thread = Thread.currentThread().getName();
        if (!thread.isEmpty()) {
            line.put("thread", thread);
        }
        put(line, said.fields());
        Throwable error = said.error();
        if (error != null) {
            ObjectNode told = line.putObject("error");
            told.put("class", error.getClass().getName());
            told.put("message", redaction.text(String.valueOf(error.getMessage())));
            told.put("stack", redaction.text(stack(error)));
        }
        return line;
    }

    private void put(ObjectNode line, List<KeyValuePair> fields) {
        for (KeyValuePair field : fields) {
            if (field.value instanceof Number number) {
                line.put(field.key, number.longValue());
            } else if (field.value != null) {
                line.put(field.key, redaction.text(String.valueOf(field.value)));
            }
        }
    }

    private static String stack(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
