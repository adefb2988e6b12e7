package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionHit;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.SessionSearch;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.types.Json;
import dev.dwata.types.Part;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How every [dev.dwata.agent.store.Sessions] finds by words and days; S4-225.
public abstract class SearchContract extends StoreContract {

    @Test
    void findsWordsInTitlesQuestionsAndAnswersWhateverTheirCase() throws Exception {
        SessionId titled = session(OWNER, NewSession.titled("Zebra plans"));
        SessionId asked = session();
        SessionId answered = session();
        SessionId neither = session();
        exchange(titled, "one", "two");
        exchange(asked, "Where is the ZEBRA?", "Over there.");
        exchange(answered, "Which animal is striped?", "It is a zebra.");
        exchange(neither, "Where is the lion?", "Here.");

        assertThat(found("zebra")).containsExactlyInAnyOrder(titled, asked, answered);
        assertThat(found("Zebra PLANS")).containsExactly(titled);
        assertThat(found("giraffe")).isEmpty();
        assertThat(neither).isNotIn(found("zebra"));
    }

    @Test
    void wantsAllWordsInOneTextInAnyOrder() throws Exception {
        SessionId together = session();
        SessionId apart = session();
        exchange(together, "The quick brown fox", "jumps.");
        exchange(apart, "The quick hare", "and the brown fox");

        assertThat(found("fox quick")).containsExactly(together);
    }

    @Test
    void takesTheLastWordForABeginning() throws Exception {
        SessionId session = session();
        exchange(session, "Deploy the gateway", "Done.");

        assertThat(found("deploy gate")).containsExactly(session);
        assertThat(found("ga")).containsExactly(session);
        assertThat(found("g")).isEmpty();
        assertThat(found("gate deploy")).isEmpty();
        assertThat(found("ateway")).isEmpty();
    }

    @Test
    void readsAccentsAndOtherScripts() throws Exception {
        SessionId session = session();
        exchange(session, "Žluťoučký kůň", "Прекрасный день 東京 \uD83E\uDD84");

        assertThat(found("zlutoucky KUN")).containsExactly(session);
        assertThat(found("прекрасный")).containsExactly(session);
        assertThat(found("東京")).containsExactly(session);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"", "''", "*", "zebra*", "zebra AND", "zebra OR lion", "NOT zebra", "NEAR(zebra lion)", "title:zebra",
                "zebra^", "-zebra", "(zebra", "{zebra}", "zebra\" OR \"x", "zebra;DROP TABLE sessions", "a:b:c", "%",
                        "_",
                "\\", "\0", "\uD800", "+", "zebra + lion", "«»", "owner : local"
            })
    void takesSignsAndOperatorsForNothing(String query) throws Exception {
        SessionId session = session();
        exchange(session, "zebra", "stripes");

        List<SessionId> hits = found(query);
        store.sessions().list(OWNER, new SessionQuery(10, 0, query, null));

        boolean asksForZebraOnly = query.replaceAll("[^a-zA-Z]", "").equals("zebra");
        assertThat(hits).isEqualTo(asksForZebraOnly ? List.of(session) : List.of());
        assertThat(log(session)).hasSize(3);
    }

    @Test
    void marksTheWordsInASnippetOfTheNewestText() throws Exception {
        SessionId session = session(OWNER, NewSession.titled("zebra"));
        exchange(session, "the first zebra", "yes");
        exchange(session, "x ".repeat(200) + "the second\nZebra is here" + " y".repeat(200), "yes");

        String snippet = search("zebra").get(0).snippet();

        assertThat(snippet).startsWith("…x x").endsWith("y…").contains("the second «Zebra» is here");
        assertThat(snippet.length()).isBetween(50, 200);
    }

    @Test
    void marksTheWordsInTheTitleWhereOnlyThatMatches() throws Exception {
        SessionId session = session(OWNER, NewSession.titled("All about zebras"));
        exchange(session, "Hi", "Hello");

        assertThat(search("zeb about")).isEmpty();
        assertThat(search("about zeb")).containsExactly(new SessionHit(info(session), "All «about» «zebras»"));
    }

    @Test
    void findsEverythingWithoutWords() throws Exception {
        SessionId silent = session(OWNER, NewSession.titled("Silent"));
        SessionId talking = session();
        exchange(talking, "Hi", "Hello");

        assertThat(Stream.of(search(null), search(" ")).distinct()).hasSize(1);
        assertThat(search(null))
                .containsExactlyInAnyOrder(
                        new SessionHit(info(silent), "Silent"), new SessionHit(info(talking), "Hello"));
    }

    @Test
    void findsTheLatestActivityFirstAndNoMoreThanTheLimit() throws Exception {
        for (int i = 0; i < 6; i++) {
            exchange(session(), "zebra " + i, "yes");
        }

        List<SessionHit> hits = search("zebra");

        assertThat(hits).hasSize(6);
        assertThat(hits.stream().map(SessionHit::session))
                .isEqualTo(store.sessions().list(OWNER, SessionQuery.latest(6)).sessions());
        assertThat(store.sessions().search(OWNER, new SessionSearch("zebra", null, null, 2)))
                .isEqualTo(hits.subList(0, 2));
    }

    @Test
    void findsSessionsWithAMessageInATime() throws Exception {
        SessionId early = saidAt("2026-03-01T10:00:00Z");
        SessionId late = saidAt("2026-03-02T10:00:00Z");
        SessionId empty = session();

        assertThat(between("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")).containsExactly(early);
        assertThat(between("2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z")).containsExactly(early);
        assertThat(between("2026-03-01T10:00:00.001Z", "2026-03-02T10:00:00Z")).isEmpty();
        assertThat(between("2026-03-02T10:00:00Z", null)).containsExactly(late);
        assertThat(between(null, "2026-03-03T00:00:00Z")).containsExactlyInAnyOrder(early, late);
        assertThat(between(null, null)).containsExactlyInAnyOrder(early, late, empty);
    }

    private SessionId saidAt(String time) throws InterruptedException {
        SessionId session = session();
        append(session, null, Events.message("zebra", Instant.parse(time)));
        return session;
    }

    private List<SessionId> between(String from, String to) {
        SessionSearch days = new SessionSearch(
                null, from == null ? null : Instant.parse(from), to == null ? null : Instant.parse(to), 10);
        SessionSearch words = new SessionSearch("zebra", days.from(), days.to(), 10);
        List<SessionId> found = ids(store.sessions().search(OWNER, days));
        if (from != null || to != null) {
            assertThat(ids(store.sessions().search(OWNER, words))).isEqualTo(found);
        }
        return found;
    }

    @Test
    void findsWhatIsThereNow() throws Exception {
        SessionId renamed = session(OWNER, NewSession.titled("lion"));
        SessionId archived = session(OWNER, NewSession.titled("lion"));
        SessionId purged = session(OWNER, NewSession.titled("lion"));
        assertThat(found("lion")).hasSize(3);

        store.sessions().update(OWNER, renamed, Change.title("zebra"));
        store.sessions().update(OWNER, archived, Change.status(SessionStatus.ARCHIVED));
        store.sessions().purge(OWNER, purged);

        assertThat(found("lion")).isEmpty();
        assertThat(found("zebra")).containsExactly(renamed);
        assertThat(found(null)).containsExactly(renamed);
    }

    @Test
    void findsNothingOfAnotherOwner() throws Exception {
        SessionId theirs = session(OTHER, NewSession.titled("zebra"));
        store.log().admit(admission(OTHER, theirs, Events.message("zebra")));

        assertThat(found("zebra")).isEmpty();
        assertThat(found(null)).isEmpty();
        assertThat(ids(store.sessions().search(OTHER, new SessionSearch("zebra", null, null, 10))))
                .containsExactly(theirs);
    }

    @Test
    void findsThePartOfAnAnswerThatWasCutShortButNoToolResults() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");
        append(
                session,
                run,
                Events.turn(1, new Part.ToolCall("c", "filesystem.read", Json.MAPPER.readTree("{}"))),
                Events.called("c"),
                Events.failed("c"),
                Events.token("the zebra "),
                Events.cancelled());

        assertThat(found("zebra")).containsExactly(session);
        assertThat(found("such file")).isEmpty();
    }

    private List<SessionHit> search(String query) {
        return store.sessions().search(OWNER, new SessionSearch(query, null, null, 10));
    }

    private List<SessionId> found(String query) {
        List<SessionId> found = ids(search(query));
        if (query != null) {
            List<SessionId> listed =
                    store.sessions().list(OWNER, new SessionQuery(10, 0, query, null)).sessions().stream()
                            .map(session -> session.id())
                            .toList();
            assertThat(listed).isEqualTo(found);
        }
        return found;
    }

    private static List<SessionId> ids(List<SessionHit> hits) {
        return hits.stream().map(hit -> hit.session().id()).toList();
    }
}
