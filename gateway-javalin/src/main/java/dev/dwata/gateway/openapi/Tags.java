package dev.dwata.gateway.openapi;

import java.util.Map;

/// What the groups of routes are about, for people.
final class Tags {
    private static final Map<String, String> ABOUT = Map.ofEntries(
            Map.entry("agents", "Who answers."),
            Map.entry("attachments", "Images and files that go with messages."),
            Map.entry("descriptions", "What the gateway says of itself to programs."),
            Map.entry("files", "The folder that a session's tools work in."),
            Map.entry("inputs", "What runs wait for from people and clients."),
            Map.entry("memory", "Facts that are kept for later."),
            Map.entry("models", "What agents ask."),
            Map.entry("processes", "Tool calls that are under way."),
            Map.entry("runs", "One message to one answer."),
            Map.entry("sessions", "Durable conversations."),
            Map.entry("status", "How the gateway does."),
            Map.entry("usage", "Tokens and money."));

    private Tags() {}

    static String about(String tag) {
        return ABOUT.getOrDefault(tag, "Routes about " + tag + ".");
    }
}
