package dev.dwata.agent.provider.offline;

import dev.dwata.agent.store.DateFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How earlier sessions are looked up.
final class SessionActs {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final int MAX_LINE = 100;
    private static final int MAX_MESSAGES = 6;

    private final Replay replay;
    private final Clock clock;

    SessionActs(Replay replay, Clock clock) {
        this.replay = replay;
        this.clock = clock;
    }

    Step list() {
        return replay.ask(Wish.of("sessions.list"), result -> {
            if (!result.success()) {
                return Step.says(Failures.say("list the sessions", result));
            }
            List<JsonNode> sessions = result.list("sessions");
            if (sessions.isEmpty()) {
                return Step.says("There are no sessions yet.");
            }
            long total = result.number("total");
            String latest = sessions.size() < total ? "; the latest " + sessions.size() + " are" : "";
            return Step.says(
                    "You have " + Wordy.count(total, "session", "sessions") + latest + ":\n\n" + lines(sessions));
        });
    }

    Step search(Intent.SearchSessions intent) {
        DateFilter days = intent.days();
        Wish wish = Wish.of("sessions.search")
                .with("query", intent.query())
                .with("date_filter", days == null ? null : days.wireName());
        String about = (intent.query() == null ? "" : " about " + intent.query())
                + (days == null ? "" : " from " + days.wireName().replace('_', ' '));
        return replay.ask(wish, result -> {
            if (!result.success()) {
                return Step.says(Failures.say("search the sessions", result));
            }
            // The one that is going on contains the question itself.
            List<JsonNode> others = result.list("sessions").stream()
                    .filter(session -> !session.path("current").booleanValue(false))
                    .toList();
            return Step.says(
                    others.isEmpty()
                            ? "I found no other session" + about + "."
                            : "I found " + Wordy.count(others.size(), "session", "sessions") + about + ":\n\n"
                                    + lines(others));
        });
    }

    Step show(Intent.ShowSession intent) {
        return replay.ask(Wish.of("sessions.get").with("session_id", intent.id()), result -> {
            if (!result.success()) {
                return Step.says(Failures.say("show the session", result));
            }
            List<JsonNode> messages = result.list("recent_messages");
            String recent = messages.subList(Math.max(0, messages.size() - MAX_MESSAGES), messages.size()).stream()
                    .map(message -> "  " + message.path("role").stringValue("") + ": " + line(message, "content"))
                    .collect(Collectors.joining("\n"));
            return Step.says("\"" + result.text("title") + "\", "
                    + Wordy.count(result.number("message_count"), "message", "messages") + ", last on "
                    + when(result.text("last_activity")) + (recent.isEmpty() ? "." : ":\n\n" + recent));
        });
    }

    private String lines(List<JsonNode> sessions) {
        return sessions.stream().map(this::session).collect(Collectors.joining("\n"));
    }

    private String session(JsonNode session) {
        String current = session.path("current").booleanValue(false) ? " (this one)" : "";
        String snippet = line(session, "snippet");
        return "  " + session.path("title").stringValue("") + current + "\n      "
                + when(session.path("last_activity").stringValue("")) + ", "
                + Wordy.count(session.path("message_count").longValue(0), "message", "messages") + ", "
                + session.path("session_id").stringValue("") + (snippet.isEmpty() ? "" : "\n      " + snippet);
    }

    private static String line(JsonNode node, String field) {
        return Wordy.cut(node.path(field).stringValue("").strip().replaceAll("\\s+", " "), MAX_LINE);
    }

    private String when(String instant) {
        try {
            return WHEN.format(Instant.parse(instant).atZone(clock.getZone()));
        } catch (DateTimeParseException e) {
            return instant;
        }
    }
}
