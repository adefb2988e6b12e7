package dev.dwata.agent.store;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The words of a query: runs of letters and digits. A text matches when it has all of them, whatever the case
/// and the accents; the last may be the beginning of a word.
public final class SearchWords {
    /// Further words of a query are ignored.
    public static final int MAX_WORDS = 16;

    private static final int SHORTEST_BEGINNING = 2;

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final int SNIPPET_BEFORE = 40;
    private static final int SNIPPET_LENGTH = 160;

    private final List<Word> words;

    private SearchWords(List<Word> words) {
        this.words = List.copyOf(words);
    }

    /// @return null where nothing is asked for: the query is absent or blank
    public static @Nullable SearchWords of(@Nullable String query) {
        if (query == null || query.isBlank()) {
            return null;
        }
        String text = CleanText.of(query);
        List<Word> words = new ArrayList<>();
        for (Word word = Word.in(text, 0); word != null && words.size() < MAX_WORDS; word = Word.in(text, word.end())) {
            words.add(word);
        }
        return new SearchWords(words);
    }

    /// The words as they were written; empty where the query is of other signs only, and nothing matches.
    public List<String> written() {
        return words.stream().map(Word::written).toList();
    }

    /// Whether words that only begin with the last one match, too.
    public boolean lastMayBeBeginning() {
        String last = words.isEmpty() ? "" : words.get(words.size() - 1).folded();
        return last.codePointCount(0, last.length()) >= SHORTEST_BEGINNING;
    }

    public boolean matches(String text) {
        BitSet missing = new BitSet();
        missing.set(0, words.size());
        for (Word word = Word.in(text, 0); word != null && !missing.isEmpty(); word = Word.in(text, word.end())) {
            for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
                if (isMatch(i, word)) {
                    missing.clear(i);
                }
            }
        }
        return !words.isEmpty() && missing.isEmpty();
    }

    /// How many words of the text are asked for.
    public int countIn(String text) {
        int count = 0;
        for (Word word = nextAskedFor(text, 0); word != null; word = nextAskedFor(text, word.end())) {
            count++;
        }
        return count;
    }

    /// Some of the text, on one line, from shortly before the first word that was asked for, with « » around
    /// each of them and … where text was left out.
    public String snippet(String text) {
        Word word = nextAskedFor(text, 0);
        int start = word == null ? 0 : startNear(text, word.start());
        int end = endNear(text, start);
        StringBuilder snippet = new StringBuilder(start > 0 ? "…" : "");
        int from = start;
        for (; word != null && word.end() <= end; word = nextAskedFor(text, from)) {
            snippet.append(text, from, word.start())
                    .append('«')
                    .append(word.written())
                    .append('»');
            from = word.end();
        }
        snippet.append(text, from, end).append(end < text.length() ? "…" : "");
        return snippet.toString().replaceAll("\\s+", " ").strip();
    }

    private @Nullable Word nextAskedFor(String text, int from) {
        Word word = Word.in(text, from);
        while (word != null && !isAny(word)) {
            word = Word.in(text, word.end());
        }
        return word;
    }

    private boolean isAny(Word there) {
        for (int i = 0; i < words.size(); i++) {
            if (isMatch(i, there)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMatch(int wanted, Word there) {
        String folded = words.get(wanted).folded();
        boolean mayBegin = wanted == words.size() - 1 && lastMayBeBeginning();
        return mayBegin ? there.folded().startsWith(folded) : there.folded().equals(folded);
    }

    private static int startNear(String text, int match) {
        int start = Math.max(0, match - SNIPPET_BEFORE);
        while (start > 0 && start < match && isWordCharacter(text.codePointBefore(start))) {
            start++;
        }
        return isInsidePair(text, start) ? start + 1 : start;
    }

    private static int endNear(String text, int start) {
        int end = Math.min(text.length(), start + SNIPPET_LENGTH);
        return isInsidePair(text, end) ? end + 1 : end;
    }

    private static boolean isInsidePair(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index));
    }

    private static boolean isWordCharacter(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER, Character.PRIVATE_USE -> true;
            default -> Character.isLetterOrDigit(codePoint);
        };
    }

    private static boolean isMark(int codePoint) {
        return Character.getType(codePoint) == Character.NON_SPACING_MARK;
    }

    /// @param end after the last character
    private record Word(String written, String folded, int start, int end) {

        /// The first word of `text` that begins at or after `from`.
        static @Nullable Word in(String text, int from) {
            int start = from;
            while (start < text.length() && !isWordCharacter(text.codePointAt(start))) {
                start += Character.charCount(text.codePointAt(start));
            }
            if (start == text.length()) {
                return null;
            }
            int end = start;
            while (end < text.length() && (isWordCharacter(text.codePointAt(end)) || isMark(text.codePointAt(end)))) {
                end += Character.charCount(text.codePointAt(end));
            }
            String written = text.substring(start, end);
            return new Word(written, folded(written), start, end);
        }

        private static String folded(String word) {
            boolean plain = word.chars().allMatch(c -> c < 0x80);
            String base = plain
                    ? word
                    : MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD))
                            .replaceAll("");
            return base.toLowerCase(Locale.ROOT);
        }
    }
}
