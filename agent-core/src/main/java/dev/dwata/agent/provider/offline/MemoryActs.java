package dev.dwata.agent.provider.offline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How things are remembered, recalled and forgotten.
final class MemoryActs {
    private static final int MAX_FORGOTTEN = 50;

    private final Replay replay;

    MemoryActs(Replay replay) {
        this.replay = replay;
    }

    Step remember(Intent.Remember intent) {
        Wish wish = Wish.of("memory.set").with("key", intent.key()).with("value", intent.value());
        String what =
                intent.key().equalsIgnoreCase(intent.value()) ? intent.value() : intent.key() + " = " + intent.value();
        return replay.ask(
                wish,
                result -> Step.says(
                        result.success() ? "I will remember: " + what + "." : Failures.say("remember that", result)));
    }

    Step recall(Intent.Recall intent) {
        if (!intent.sure() && !replay.offers("memory.get")) {
            return Step.says(Introduction.notUnderstood(intent.key()));
        }
        return replay.ask(Wish.of("memory.get").with("key", intent.key()), result -> {
            if (!result.success()) {
                return Step.says(Failures.say("look it up", result));
            }
            String value = result.text("value");
            return value.isEmpty() ? recallAlike(intent) : Step.says(fact(intent.key(), value));
        });
    }

    /// There is nothing under just this key, but perhaps under one that has it in it.
    private Step recallAlike(Intent.Recall intent) {
        return replay.ask(Wish.of("memory.list"), result -> {
            List<JsonNode> alike = result.list("entries").stream()
                    .filter(entry -> isAlike(entry, intent.key()))
                    .toList();
            if (!alike.isEmpty()) {
                return Step.says(lines(alike));
            }
            return Step.says(
                    intent.sure()
                            ? "I remember nothing about " + intent.key() + "."
                            : "I know nothing about \"" + intent.key()
                                    + "\": I only know what I was told to remember.\n\n" + Introduction.BRIEF);
        });
    }

    Step recallAll() {
        return replay.ask(Wish.of("memory.list"), result -> {
            if (!result.success()) {
                return Step.says(Failures.say("look it up", result));
            }
            List<JsonNode> entries = result.list("entries");
            if (entries.isEmpty()) {
                return Step.says(
                        "I remember nothing yet. Tell me, for example: remember that my favourite colour is blue.");
            }
            String more = result.flag("truncated") ? "\n… of " + result.number("total") + " in all." : "";
            return Step.says(
                    "I remember " + Wordy.count(entries.size(), "thing", "things") + ":\n\n" + lines(entries) + more);
        });
    }

    Step forget(Intent.Forget intent) {
        return replay.ask(forgetting(intent.key()), result -> {
            if (!result.success()) {
                return Step.says(Failures.say("forget " + intent.key(), result));
            }
            return Step.says(
                    result.flag("deleted")
                            ? "I have forgotten " + intent.key() + "."
                            : "I remembered nothing about " + intent.key() + ".");
        });
    }

    Step forgetAll() {
        return replay.ask(Wish.of("memory.list"), listed -> {
            List<Wish> wishes = listed.list("entries").stream()
                    .limit(MAX_FORGOTTEN)
                    .map(entry -> forgetting(entry.path("key").stringValue("")))
                    .toList();
            return wishes.isEmpty()
                    ? Step.says("There is nothing to forget.")
                    : replay.askAll(wishes, results -> Step.says(forgotten(results, listed.number("total"))));
        });
    }

    private static String forgotten(List<Exchange> results, long total) {
        long deleted = results.stream().filter(Exchange::success).count();
        String rest = deleted < total ? " " + (total - deleted) + " are left." : "";
        return "I have forgotten " + Wordy.count(deleted, "thing", "things") + "." + rest;
    }

    private static Wish forgetting(String key) {
        return Wish.of("memory.delete").with("key", key);
    }

    private static boolean isAlike(JsonNode entry, String asked) {
        String key = entry.path("key").stringValue("").toLowerCase(Locale.ROOT);
        return !key.isEmpty()
                && (words(key).containsAll(words(asked)) || words(asked).containsAll(words(key)));
    }

    private static List<String> words(String text) {
        return List.of(text.split("[^\\p{L}\\p{N}]+", -1));
    }

    private static String lines(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> "  "
                        + fact(
                                entry.path("key").stringValue(""),
                                entry.path("value").stringValue("")))
                .collect(Collectors.joining("\n"));
    }

    private static String fact(String key, String value) {
        return key.equalsIgnoreCase(value) ? value : key + ": " + value;
    }
}
