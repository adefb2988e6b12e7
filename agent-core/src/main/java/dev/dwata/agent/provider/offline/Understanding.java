package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes intents of what somebody said, in the light of what they asked before.
final class Understanding {
    private static final int MAX_LENGTH = 4000;
    private static final int MAX_CLAUSES = 8;
    private static final int MAX_BACK = 5;
    private static final List<Wording> WORDINGS = Stream.of(
                    TalkWordings.ALL,
                    SessionWordings.ALL,
                    MemoryWordings.ALL,
                    WriteWordings.ALL,
                    FindWordings.ALL,
                    FileWordings.ALL,
                    MemoryWordings.LAST)
            .flatMap(List::stream)
            .toList();
    private static final Pattern AGAIN = Pattern.compile(
            "(?:(?:do (?:it|that) |once |try )?(?:again|more)|redo|repeat|retry)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AND_WHAT_ABOUT = Pattern.compile(
            "(?:and|what about|how about|and what about)\\s+(?:in\\s+|for\\s+|of\\s+)?(.+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Understanding() {}

    /// @param asked what they asked before, oldest first
    /// @return at least one; [Intent.Unknown] for what is not understood
    static List<Intent> of(String said, List<String> asked) {
        List<Intent> context = null;
        for (String earlier : asked.subList(Math.max(0, asked.size() - MAX_BACK), asked.size())) {
            List<Intent> understood = inContext(earlier, context);
            context = understood == null ? context : understood;
        }
        List<Intent> understood = inContext(said, context);
        return understood == null ? List.of(new Intent.Unknown(said)) : understood;
    }

    /// @param context what was wanted before; absent where nothing was
    private static @Nullable List<Intent> inContext(String said, @Nullable List<Intent> context) {
        List<Intent> intents = inOneGo(said);
        if (intents == null && context != null && said.length() <= MAX_LENGTH) {
            intents = followUp(said, context);
        }
        // What was piped in follows the question, on lines of its own.
        int line = said.strip().indexOf('\n');
        return intents == null && line > 0 ? inOneGo(said.strip().substring(0, line)) : intents;
    }

    private static @Nullable List<Intent> inOneGo(String said) {
        if (said.length() > MAX_LENGTH) {
            return null;
        }
        Intent whole = clause(said);
        // What is to be written may be several sentences.
        boolean content = whole instanceof Intent.Write;
        List<Intent> parts = steps(content ? Clauses.atVerbs(said) : Clauses.atSentences(said));
        if (!parts.isEmpty() && known(parts) == parts.size()) {
            return parts;
        }
        if (whole != null) {
            return List.of(whole);
        }
        List<Intent> steps = steps(Clauses.atThen(said));
        return known(steps) > 0 ? steps : null;
    }

    private static long known(List<Intent> intents) {
        return intents.stream()
                .filter(intent -> !(intent instanceof Intent.Unknown))
                .count();
    }

    /// What each clause asks for; nothing unless there are several.
    private static List<Intent> steps(List<String> clauses) {
        if (clauses.size() < 2 || clauses.size() > MAX_CLAUSES) {
            return List.of();
        }
        List<Intent> intents = new ArrayList<>();
        for (String text : clauses) {
            Intent intent = clause(text);
            intents.add(intent == null ? new Intent.Unknown(text) : intent);
        }
        return intents;
    }

    private static @Nullable Intent clause(String text) {
        String clause = Phrase.core(text);
        String expression = SpokenSum.expression(Phrase.plainQuotes(clause));
        if (expression != null) {
            return new Intent.Calculate(expression);
        }
        // "hello there" is not a polite opening of "there".
        Intent talk = first(TalkWordings.ALL, Phrase.withoutEnd(text), text);
        return talk != null ? talk : first(WORDINGS, clause, Phrase.withoutOpening(text));
    }

    private static @Nullable Intent first(List<Wording> wordings, String core, String whole) {
        for (Wording wording : wordings) {
            Intent intent = wording.match(core, whole);
            if (intent != null) {
                return intent;
            }
        }
        return null;
    }

    private static @Nullable List<Intent> followUp(String said, List<Intent> before) {
        if (AGAIN.matcher(Phrase.core(said)).matches()) {
            return before;
        }
        Matcher about = AND_WHAT_ABOUT.matcher(Phrase.withoutEnd(said));
        Intent same = about.matches() && before.size() == 1 ? same(before.getFirst(), about.group(1)) : null;
        return same == null ? null : List.of(same);
    }

    /// The same as before, of something else.
    private static @Nullable Intent same(Intent before, String other) {
        List<Target> files = Targets.all(other, true);
        String folder = Phrase.folder(other);
        return switch (before) {
            case Intent.ListFolder list -> new Intent.ListFolder(folder, list.depth());
            case Intent.CountFiles count -> new Intent.CountFiles(folder);
            case Intent.Look look -> folder == null ? null : new Intent.Look(folder);
            case Intent.Read read -> files == null ? null : new Intent.Read(files);
            case Intent.CountLines count -> files == null ? null : new Intent.CountLines(files.getFirst());
            case Intent.Find find -> new Intent.Find(find.pattern(), folder);
            case Intent.Recall recall -> new Intent.Recall(Phrase.key(other), true);
            case Intent.Forget forget -> new Intent.Forget(Phrase.key(other));
            case Intent.SearchSessions search -> new Intent.SearchSessions(Phrase.unquote(other), search.days());
            case Intent.Write write -> null;
            case Intent.Copy copy -> null;
            case Intent.Remember remember -> null;
            case Intent.RecallAll all -> null;
            case Intent.ForgetAll all -> null;
            case Intent.ListSessions list -> null;
            case Intent.ShowSession show -> null;
            case Intent.Calculate calculate -> null;
            case Intent.Talk talk -> null;
            case Intent.Unknown unknown -> null;
        };
    }
}
