package dev.dwata.agent.provider.offline;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Answers that need no tool.
final class SmallTalk {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final int QUOTED = 1000;

    private final Scene scene;
    private final Clock clock;

    SmallTalk(Scene scene, Clock clock) {
        this.scene = scene;
        this.clock = clock;
    }

    String about(Intent.Topic topic) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        return switch (topic) {
            case HELLO -> "Hello! " + Introduction.BRIEF;
            case WHO_ARE_YOU -> Introduction.BRIEF;
            case HELP -> Introduction.FULL;
            case THANKS -> "You are welcome.";
            case BYE -> "Goodbye.";
            case TIME -> "It is " + TIME.format(now) + " on " + DAY.format(now) + " (" + now.getZone() + ").";
            case DATE -> "Today is " + DAY.format(now) + ".";
            case PREVIOUS_QUESTION ->
                quote("Your previous message was", scene.asked().reversed());
            case FIRST_QUESTION -> quote("Your first message was", scene.asked());
            case PREVIOUS_ANSWER ->
                scene.answers().isEmpty()
                        ? "I have not said anything in this conversation yet."
                        : Wordy.cut(scene.answers().getLast(), QUOTED);
        };
    }

    private static String quote(String opening, List<String> messages) {
        return messages.isEmpty()
                ? "This is your first message in this conversation."
                : opening + ": \"" + Wordy.cut(messages.getFirst().strip(), QUOTED) + "\"";
    }
}
