package dev.dwata.agent.provider.offline;

/// Says what a tool could not do.
final class Failures {
    private Failures() {}

    /// @param doing what was tried, for example "write notes.txt"
    static String say(String doing, Exchange failed) {
        String error = failed.text("error");
        String why = error.isEmpty() ? "the tool gave no reason" : error;
        if (failed.denied()) {
            return "I was not allowed to " + doing + ": " + sentence(why)
                    + "\nTo allow it, run dwata on a terminal, where it asks you, or with --approve auto.";
        }
        return "I could not " + doing + ": " + sentence(why);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
