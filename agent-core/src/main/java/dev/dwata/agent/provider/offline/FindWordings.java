package dev.dwata.agent.provider.offline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ways to ask for files by name.
final class FindWordings {
    private static final String FIND =
            "(?:find|search for|look for|locate|search)(?: me)?(?: (?:all|any|every|each|the|a)){0,4}";
    private static final String CALLED =
            "(?:(?:(?:that |which )?are )?(?:named|called|matching|like)|with (?:the |a )?names?(?: like)?"
                    + "|(?:that|which|whose names?) (?:match|matches|contains?|is|are))";
    private static final String ENDING =
            "(?:(?:that |which |whose names? )?(?:end|ends|ending) (?:in|with|on)|with (?:the |a )?(?:extension"
                    + "|ending)|of type)";
    private static final Set<String> NO_NAMES = Set.of(
            "all",
            "the",
            "me",
            "my",
            "our",
            "your",
            "any",
            "some",
            "these",
            "those",
            "this",
            "that",
            "other",
            "many",
            "file",
            "files",
            "folder",
            "folders",
            "everything",
            "anything",
            "something",
            "it",
            "more");
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("markdown", "*.md"),
            Map.entry("text", "*.txt"),
            Map.entry("python", "*.py"),
            Map.entry("javascript", "*.js"),
            Map.entry("typescript", "*.ts"),
            Map.entry("kotlin", "*.kt"),
            Map.entry("rust", "*.rs"),
            Map.entry("shell", "*.sh"),
            Map.entry("yaml", "*.{yaml,yml}"),
            Map.entry("image", "*.{png,jpg,jpeg,gif,svg,webp}"),
            Map.entry("hidden", ".*"));

    static final List<Wording> ALL = List.of(
            Wording.of(
                    "(?:" + FIND + "|which|what|(?:list|show)(?: me)?(?: all)?(?: the)?) (?:files?|documents?) "
                            + ENDING + " <one><place>",
                    words -> find(ending(words.get(1)), words.optional(2))),
            Wording.of(
                    "(?:" + FIND
                            + "|which|(?:list|show)(?: me)?(?: all)?(?: the)?)(?: (?:files?|folders?|documents?))? "
                            + CALLED + " <one><place>",
                    words -> find(pattern(words.get(1)), words.optional(2))),
            Wording.of(
                    "(?:" + FIND
                            + "|which|what|(?:list|show)(?: me)?(?: all)?(?: the| of the)?) <one> (?:files|documents)"
                            + "(?: are there| do we have| do i have| exist)?<place>",
                    words -> find(kind(words.get(1)), words.optional(2))),
            Wording.of(
                    FIND + "(?: (?:files?|folders?))? <one><place>",
                    words -> find(pattern(words.get(1)), words.optional(2))),
            Wording.of(
                    "where(?:'s| is| are)(?: the)?(?: files?)? <one>(?: files?)?(?: located)?",
                    words -> Phrase.looksLikePath(words.get(1)) || isGlob(words.get(1))
                            ? find(pattern(words.get(1)), null)
                            : null),
            Wording.of(
                    "(?:are there|do we have|do i have|is there)(?: a| an| any| some)? <one> files?<place>",
                    words -> find(kind(words.get(1)), words.optional(2))),
            Wording.of(
                    "(?:are there|is there|do we have|do i have)(?: a| an| any| some)?(?: files?)?(?: (?:named"
                            + "|called))?"
                            + " <one>(?: files?)?<place>",
                    words -> Phrase.looksLikePath(words.get(1)) || isKnownKind(words.get(1)) || isGlob(words.get(1))
                            ? find(kind(words.get(1)), words.optional(2))
                            : null));

    private FindWordings() {}

    private static @Nullable Intent find(@Nullable String pattern, @Nullable String place) {
        return pattern == null ? null : new Intent.Find(pattern, Phrase.folder(place));
    }

    /// A glob as it is; otherwise names that contain the word.
    private static @Nullable String pattern(String word) {
        String name = Phrase.unquote(word);
        if (NO_NAMES.contains(word.toLowerCase(Locale.ROOT))) {
            return null;
        }
        return isGlob(name) ? name : "*" + name + "*";
    }

    private static String ending(String word) {
        String name = Phrase.unquote(word);
        return isGlob(name) ? name : name.startsWith(".") ? "*" + name : "*." + name;
    }

    /// "java files" are those that end so; "README files" are those that contain it.
    private static @Nullable String kind(String word) {
        String name = Phrase.unquote(word).toLowerCase(Locale.ROOT);
        if (NO_NAMES.contains(name)) {
            return null;
        }
        if (isGlob(name)) {
            return Phrase.unquote(word);
        }
        if (isKnownKind(name)) {
            return KINDS.getOrDefault(name, name);
        }
        boolean extension = name.matches("\\.?[a-z0-9]{1,5}");
        return extension ? ending(name) : pattern(word);
    }

    private static boolean isKnownKind(String word) {
        return KINDS.containsKey(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isGlob(String word) {
        return word.matches(".*[*?\\[{].*");
    }
}
