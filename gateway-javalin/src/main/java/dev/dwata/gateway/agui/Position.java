package dev.dwata.gateway.agui;

import dev.dwata.gateway.http.Asked;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an event of a chat stands: what it was made from, and how many were made from that before. It goes out
/// as the event's id, for example `17.0`, and a client that comes back names the last one it has. As both are
/// facts of the session's log, it is understood by every gateway that has this log.
///
/// @param seq   the entry of the session's log
/// @param index 0-based among the events that the entry became
record Position(long seq, int index) implements Comparable<Position> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})");

    /// Before everything.
    static final Position START = new Position(0, -1);

    /// @param name of the field or header, for the message
    /// @throws dev.dwata.types.AgentException with `InvalidRequest` if it is none
    static Position of(String name, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw Asked.invalid(name + " must be the id of an event of this run, for example 17.0");
        }
        return new Position(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public int compareTo(Position other) {
        return seq == other.seq ? Integer.compare(index, other.index) : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return seq + "." + index;
    }
}
