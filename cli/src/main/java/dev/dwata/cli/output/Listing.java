package dev.dwata.cli.output;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.StoredMessage;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions and messages as lines on `out`: for people, or one JSON value each.
public final class Listing {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final int TITLE = 60;

    private final PrintStream out;
    private final boolean json;
    private final ZoneId zone;

    public Listing(PrintStream out, boolean json, ZoneId zone) {
        this.out = out;
        this.json = json;
        this.zone = zone;
    }

    /// A session's line: its id, when it was last active, its messages, its title.
    ///
    /// @param extra a second line; absent: none
    public void session(SessionInfo session, @Nullable String extra) {
        if (json) {
            new JsonPrinter(out, "").value(session);
            return;
        }
        out.printf(
                "%s  %s  %4d  %s%n",
                session.id(),
                time(session.lastActivity()),
                session.messageCount(),
                Printable.line(session.title(), TITLE));
        if (extra != null && !extra.isBlank()) {
            out.println("    " + Printable.line(extra, 200));
        }
    }

    /// Everything there is to say about a session.
    public void details(SessionInfo session) {
        if (json) {
            new JsonPrinter(out, "").value(session);
            return;
        }
        out.println("id             " + session.id());
        out.println("title          " + Printable.line(session.title(), 200));
        out.println("status         " + session.status().wireName());
        out.println("agent          " + session.agentName());
        out.println("model          " + (session.model() == null ? "the default" : session.model()));
        out.println("created        " + time(session.createdAt()));
        out.println("last activity  " + time(session.lastActivity()));
        out.println("messages       " + session.messageCount());
        out.println("log entries    " + session.headSeq());
    }

    public void messages(List<StoredMessage> messages) {
        for (StoredMessage message : messages) {
            if (json) {
                new JsonPrinter(out, "").value(message);
            } else {
                message(message);
            }
        }
    }

    /// Says something in place of a list that is empty.
    public void nothing(String sentence) {
        if (!json) {
            out.println(sentence);
        }
    }

    private void message(StoredMessage stored) {
        Message message = stored.message();
        String who = message.role() == Role.USER ? "you" : "dwata";
        out.println(who + "  " + time(stored.createdAt()) + (stored.partial() ? "  (cut short)" : ""));
        if (!message.text().isBlank()) {
            Printable.text(message.text()).strip().lines().forEach(line -> out.println("    " + line));
        }
        for (Part.ToolCall call : message.toolCalls()) {
            out.println("    → " + call.name() + ToolLines.arguments(call.arguments()));
        }
        out.println();
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
