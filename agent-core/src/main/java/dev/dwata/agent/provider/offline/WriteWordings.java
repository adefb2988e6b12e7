package dev.dwata.agent.provider.offline;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Ways to ask for files to be written.
final class WriteWordings {
    private static final String A_FILE =
            "((?:(?:a|an|the|my|another) )?(?:new |empty ){0,4}(?:text )?(?:file |document )?(?:called |named "
                    + "|at |with the name )?)";
    private static final String WITH = "(?:,? (?:with(?: (?:the )?contents?)?|containing"
            + "|that (?:says|contains|reads)|which (?:says|contains)|saying|and (?:write|put)(?: in it)?)|:)"
            + "(?: (?:the )?(?:text|(?:words?|lines?)(?= [\"'`])))?";

    static final List<Wording> ALL = List.of(
            Wording.of(
                    "(?:write|save|put|store|output) (.+) (?:to|into|in|as) " + A_FILE + "<one>",
                    words -> write(words.get(2), words.get(3), words.get(1))),
            Wording.verbatim(
                    "(?:write|create|make|save|add|generate) " + A_FILE + "<one>" + WITH + " (.+)",
                    words -> write(words.get(1), words.get(2), words.get(3))),
            Wording.verbatim(
                    "(?:write|save) (?:to|into|in) " + A_FILE + "<one>:? (?:the (?:text|words?):? )?(.+)",
                    words -> write(words.get(1), words.get(2), words.get(3))),
            Wording.of("(?:create|make|touch) " + A_FILE + "<one>", words -> write(words.get(1), words.get(2), "")),
            Wording.of(
                    "(?:copy|duplicate|cp|back up)(?: the)?(?: file)? <one> (?:(?:to|into|as|onto|in) )?" + A_FILE
                            + "<one>",
                    words -> copy(words.get(1), words.get(3))),
            Wording.of(
                    "(?:make|create) a (?:copy|duplicate|backup) of(?: the)?(?: file)? <one>,? "
                            + "(?:to|in|as|named|called|at)(?: the file)? <one>",
                    words -> copy(words.get(1), words.get(2))));

    private WriteWordings() {}

    /// @param kind such as "a new file called", or empty
    private static @Nullable Intent write(String kind, String file, String content) {
        boolean surely =
                Phrase.isQuoted(content) || kind.toLowerCase(Locale.ROOT).contains("file");
        Target target = Targets.one(file, surely);
        boolean said = !content.strip().matches("(?i)(?:it|that|this)");
        return target == null || !said ? null : new Intent.Write(target, Phrase.unquote(content));
    }

    private static @Nullable Intent copy(String from, String to) {
        Target source = Targets.one(from, true);
        return source == null ? null : new Intent.Copy(source, Phrase.unquote(to));
    }
}
