package dev.dwata.agent.provider.offline;

import dev.dwata.agent.provider.offline.Intent.Forget;
import dev.dwata.agent.provider.offline.Intent.ForgetAll;
import dev.dwata.agent.provider.offline.Intent.Recall;
import dev.dwata.agent.provider.offline.Intent.RecallAll;
import dev.dwata.agent.provider.offline.Intent.Remember;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ways to ask for something to be remembered, recalled or forgotten.
final class MemoryWordings {
    private static final int MAX_KEY = 200;
    private static final int MAX_QUESTION = 100;
    private static final Pattern EQUALS =
            Pattern.compile("(.+?)\\s*(?:=|:=|:)\\s+?(.+)|([^\\s=]+)=(.+)", Pattern.DOTALL);
    private static final Pattern IS = Pattern.compile(
            "(.+?)\\s+(?:is|are|was|were|equals|will be|should be)\\s+(.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String MEMORY = "(?:the |your |my )?memory";

    static final List<Wording> ALL = List.of(
            Wording.of(
                    "what (?:do|can|did) you (?:remember|know)(?: about (?:me|us))?|what have you (?:remembered"
                            + "|stored|saved)"
                            + "|what (?:did|have) i (?:ask|asked|tell|told) you(?: to remember)?"
                            + "|what(?:'s| is) in " + MEMORY
                            + "|(?:list|show|display)(?: me)?(?: all)?(?: of)?(?: the| your| my){0,4} (?:memory"
                            + "|memories|facts|notes)"
                            + "|(?:recall|list) (?:everything|all)(?: you (?:know|remember))?|memory|memories",
                    new RecallAll()),
            Wording.of(
                    "forget (?:everything|all|all of it|it all|all facts)(?: you (?:know|remember))?(?: about me)?"
                            + "|(?:clear|empty|erase|wipe) " + MEMORY,
                    new ForgetAll()),
            Wording.of(
                    "(?:forget|unlearn)(?: about| that)? <some>(?: from " + MEMORY + ")?",
                    words -> new Forget(fact(words.get(1)).key())),
            Wording.of(
                    "(?:delete|remove|erase|drop) (?:the (?:memory|fact|note)(?: of| about)? <some>|<some> from "
                            + MEMORY + ")",
                    words -> new Forget(Phrase.key(words.any(1, 2)))),
            Wording.of(
                    "(?:save|store|put|keep) <some> (?:to|in|into) " + MEMORY + "(?: (?:as|under) <some>)?",
                    words -> words.optional(2) == null ? fact(words.get(1)) : remember(words.get(2), words.get(1))),
            Wording.of(
                    "remember (?!that )<some> (?:as|under)(?: the (?:name|key))? (\"[^\"]+\"|'[^']+'|(?:(?:the"
                            + "|my) )?\\S+)",
                    words -> remember(words.get(2), words.get(1))),
            Wording.of(
                    "(?:remember|memori[sz]e|keep in mind|don't forget|do not forget|note(?: down)?|make a note"
                            + "|take a note)(?: that|:)? (.+)",
                    words -> fact(words.get(1))),
            Wording.of("call me <some>|my name(?:'s| is) (.+)", words -> remember("name", words.any(1, 2))),
            Wording.of(
                    "((?:my|our) [\\p{L}\\p{N} _'-]{1,80}?)(?: is| are| =|=) (.+)",
                    words -> remember(words.get(1), words.get(2))),
            Wording.of("who am i|what am i called", new Recall("name", true)),
            Wording.of(
                    "(?:what|who|where|when|which|how old|how)(?:'s| is| are| was| were| did i say is)"
                            + " ((?:my|our) .+?)(?: called| again)?",
                    words -> recall(words.get(1), true)),
            Wording.of(
                    "(?:recall|do you (?:remember|recall|know)|remind me(?: of| about)?|what (?:do you know"
                            + "|did i (?:say|tell you))"
                            + "|what (?:have i told you))(?: (?:about|of))?(?: (?:what|who|where|when))?(?: is"
                            + "| was| are)? (.+?)"
                            + "(?: is| was| are| from " + MEMORY + ")?",
                    words -> recall(words.get(1), true)));

    /// What may be meant so where nothing else is.
    static final List<Wording> LAST = List.of(
            Wording.of("((?:my|our) [\\p{L}\\p{N} _'-]{1,80})", words -> recall(words.get(1), true)),
            Wording.of(
                    "(?:what(?:'s| is) (?:stored|remembered|saved) (?:under|as|for)|look up"
                            + "|get) <some>(?: (?:from|in) "
                            + MEMORY + ")?",
                    words -> recall(words.get(1), true)),
            // About the world: memory may know, and nothing else does.
            Wording.of(
                    "(?:what|who|where|when)(?:'s| is| are| was" + "| were) (.+)",
                    words -> recall(words.get(1), false)));

    private MemoryWordings() {}

    /// Of "X is Y" or "X = Y", X is the key; anything else is kept whole, under itself.
    private static Remember fact(String words) {
        String text = Phrase.plainQuotes(words);
        for (Pattern form : List.of(EQUALS, IS)) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                boolean tight = matcher.group(1) == null;
                return remember(part(words, matcher, tight ? 3 : 1), part(words, matcher, tight ? 4 : 2));
            }
        }
        return remember(words, words);
    }

    private static String part(String original, Matcher matcher, int group) {
        return matcher.groupCount() < group ? "" : original.substring(matcher.start(group), matcher.end(group));
    }

    private static Remember remember(String key, String value) {
        String name = Phrase.key(key);
        int end = name.offsetByCodePoints(0, Math.min(MAX_KEY, name.codePointCount(0, name.length())));
        return new Remember(name.substring(0, end).strip(), Phrase.unquote(value));
    }

    private static @Nullable Intent recall(String words, boolean sure) {
        String key = Phrase.key(words);
        boolean question = !key.isEmpty() && key.length() <= MAX_QUESTION && !words.contains("\n");
        return question ? new Recall(key, sure) : null;
    }
}
