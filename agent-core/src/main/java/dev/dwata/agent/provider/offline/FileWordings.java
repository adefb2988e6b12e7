package dev.dwata.agent.provider.offline;

import dev.dwata.agent.provider.offline.Intent.CountFiles;
import dev.dwata.agent.provider.offline.Intent.ListFolder;
import dev.dwata.agent.provider.offline.Intent.Look;
import dev.dwata.agent.provider.offline.Intent.Read;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ways to ask for what is in folders and files.
final class FileWordings {
    private static final int ALL_LEVELS = 5;
    private static final int TREE_LEVELS = 3;
    private static final String FILES =
            "(?:files(?: and (?:folders|directories))?|folders(?: and files)?|(?:sub)?directories|things|documents"
                    + "|everything|stuff|directory listing|file list)";
    private static final String SHOW = "(?:list|show|display|print|give|see|get)(?: me)?";

    static final List<Wording> ALL = List.of(
            Wording.of(
                    "(?:what|which) " + FILES
                            + "(?: are| do i have| do we have| do you see| exist|'re)?(?: there)?<place>",
                    words -> new ListFolder(Phrase.folder(words.optional(1)), 1)),
            Wording.of(
                    "(?:" + SHOW + "|find|ls|enumerate)(?: all)?(?: of)?(?: the)? " + FILES
                            + "<place>(,? recursively|,? including (?:sub)?folders|,? in all (?:sub)?folders)?",
                    words -> new ListFolder(
                            Phrase.folder(words.optional(1)), words.optional(2) == null ? 1 : ALL_LEVELS)),
            Wording.of(
                    SHOW + "(?: the)? (?:(?:folder|directory|file|project) )?(?:tree|structure|layout)<place>",
                    words -> new ListFolder(Phrase.folder(words.optional(1)), TREE_LEVELS)),
            Wording.of("tree(?: <one>)?", words -> new ListFolder(Phrase.folder(words.optional(1)), TREE_LEVELS)),
            Wording.of(
                    "(?:ls|dir|list)(?: -[a-z]+){0,4}(?: (?:the )?<one>)?(?: (?:folder|directory))?",
                    words -> new ListFolder(Phrase.folder(words.optional(1)), 1)),
            Wording.of(
                    "(?:" + SHOW
                            + "|look (?:around|at|in)) (?:this|the|the current) (?:folder|directory|workspace"
                            + "|project)"
                            + "|look around|what(?:'s| is) (?:here|there)|what do (?:i|we) have here"
                            + "|where am i|(?:what|which) (?:folder|directory) (?:is this|am i in|are we in)",
                    new ListFolder(null, 1)),
            Wording.of(
                    "how many (?:files|folders|files and folders|things|documents)(?: are| do i have| do we have)?"
                            + "(?: there)?<place>(?: have| contain)?",
                    words -> new CountFiles(Phrase.folder(words.optional(1)))),
            Wording.of(
                    "count(?: all)?(?: the)? (?:files|folders|files and folders)<place>",
                    words -> new CountFiles(Phrase.folder(words.optional(1)))),
            Wording.of(
                    "(?:count|how many|number of)(?: the)?(?: number of)? lines(?: are| does| do| has)?(?: there)?"
                            + "(?: in| of)? <some>(?: have| has| contain)?",
                    words -> countLines(words.get(1), true)),
            Wording.of(
                    "(?:how long is|wc -l|(?:the )?line count of|(?:the )?length of) <some>",
                    words -> countLines(words.get(1), false)),
            Wording.of(
                    "(?:(?:show|print|view|display|see|output|get|read|list)(?: me)?|what(?:'s| is"
                            + "| are))?(?: )?(?:the )?"
                            + "(?:contents?|text) of (?:the files? )?<some>",
                    words -> look(words.get(1))),
            Wording.of(
                    "(?:read|cat|less|type)(?: me)?(?: (?:the )?files?)? <some>(?: aloud| out)?",
                    words -> read(words.get(1), true)),
            Wording.of(
                    "(?:show|open|print|view|display|see|output|get)(?: me)?(?: (?:the )?files)? <some>",
                    words -> read(words.get(1), false)),
            Wording.of(
                    "(?:open|enter|look (?:at|in|into)) (?:the <one> (?:folder|directory)|<one>)",
                    words -> look(words.any(1, 2))),
            Wording.of(
                    "what (?:does|do|did) <some> (?:say|contain|hold|look like|have in (?:it|them))",
                    words -> read(words.get(1), false)),
            Wording.of(
                    "what(?:'s| is)(?: there)?(?: written)? (?:in|inside|inside of) <some>",
                    words -> look(words.get(1))));

    private FileWordings() {}

    private static @Nullable Intent read(String words, boolean surely) {
        List<Target> targets = Targets.all(words, surely);
        return targets == null ? null : new Read(targets);
    }

    private static @Nullable Intent countLines(String words, boolean surely) {
        Target target = Targets.one(words, surely);
        return target == null ? null : new Intent.CountLines(target);
    }

    private static @Nullable Intent look(String words) {
        String folder = Phrase.folder(words);
        if (folder == null) {
            return new ListFolder(null, 1);
        }
        List<Target> files = Targets.all(words, false);
        List<Target> several = files == null ? Targets.all(words, true) : files;
        if (several != null && (files != null || several.size() > 1)) {
            return new Read(several);
        }
        return folder.contains(" ") && !Phrase.isQuoted(words) ? null : new Look(folder);
    }
}
