package dev.dwata.agent.provider.offline;

import dev.dwata.agent.provider.offline.Intent.ListSessions;
import dev.dwata.agent.provider.offline.Intent.SearchSessions;
import dev.dwata.agent.provider.offline.Intent.ShowSession;
import dev.dwata.agent.store.DateFilter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Ways to ask for earlier sessions.
final class SessionWordings {
    private static final String SESSIONS = "(?:sessions?|conversations?|chats?|discussions?|threads?)";
    private static final String MINE =
            "(?: (?:all|any|of|my|the|our|your|past|recent|last|latest|previous|earlier|old|other)){0,4}";
    private static final String ABOUT =
            "(?:(?:that )?(?:is |are |was |were )?(?:about|on|regarding|concerning|containing)"
                    + "|(?:that )?mention(?:s|ing)?|with|for)";
    private static final String TALK =
            "(?:talk|talked|discuss|discussed|speak|spoken|chat|chatted|say|said|work|worked|ask|asked|do)";

    static final List<Wording> ALL = List.of(
            Wording.of(
                    "(?:show|open|get|read|display)(?: me)?(?: the)? " + SESSIONS + " ([0-9a-f]{8}-[0-9a-f-]{27})",
                    words -> new ShowSession(words.get(1).toLowerCase(Locale.ROOT))),
            Wording.of(
                    "(?:which|what|find|search|list|show|are there|do i have|is there)(?: me)?(?: for"
                            + "| through)?" + MINE
                            + " "
                            + SESSIONS + "(?: (?:do i have|did we have|have we had|i had|are there|there are))? "
                            + ABOUT
                            + " <some><days>?",
                    words -> search(words.get(1), words.optional(2))),
            Wording.of(
                    "(?:find|search for|look for) <some> (?:in|among|through)" + MINE + " " + SESSIONS,
                    words -> search(words.get(1), null)),
            Wording.of("search" + MINE + " " + SESSIONS + " <some>", words -> search(words.get(1), null)),
            Wording.of(
                    "(?:have|did) (?:we|i|you and i)(?: ever| already)? " + TALK + "(?: about| on)? <some><days>?",
                    words -> search(words.get(1), words.optional(2))),
            Wording.of(
                    "(?:when|where) (?:have|did) (?:we|i)(?: last)? " + TALK
                            + "(?: about| on)? <some>(?: last)?<days>?",
                    words -> search(words.get(1), words.optional(2))),
            Wording.of(
                    "(?:what|who|which things) (?:have|did) (?:we|i) " + TALK + "(?: (?:about|on|with))?<days>?",
                    words -> search(null, words.optional(1))),
            Wording.of(
                    "what (?:have|did) (?:we|i) " + TALK + " (?:about|on|regarding|concerning) <some><days>?",
                    words -> search(words.get(1), words.optional(2))),
            Wording.of(
                    "(?:what happened|what was (?:discussed|said)|what went on)<days>",
                    words -> search(null, words.optional(1))),
            Wording.of(
                    "(?:which|what|list|show|find|how many|my|our|the)?(?: me)?" + MINE + "(?: )?" + SESSIONS
                            + "(?: (?:are there|were there|do i have|did i have|did we have|have i had|are"
                            + "|i had))?<days>",
                    words -> search(null, words.optional(1))),
            Wording.of(
                    "(?:(?:list|show|display|see|get)(?: me)?|which|what|what are|how many|my|our)" + MINE + " "
                            + SESSIONS + "(?: (?:do i have|are there|have i had|have we had|exist|did we have))?|"
                            + SESSIONS,
                    new ListSessions()));

    private SessionWordings() {}

    private static Intent search(@Nullable String query, @Nullable String days) {
        DateFilter filter = days == null
                ? null
                : DateFilter.named(days.toLowerCase(Locale.ROOT).replaceAll("\\s+", "_"));
        if (query == null || query.isBlank()) {
            return filter == null ? new ListSessions() : new SearchSessions(null, filter);
        }
        return new SearchSessions(Phrase.unquote(query).replaceFirst("(?i)^(?:the|a|an|my|our) (?=\\S)", ""), filter);
    }
}
