package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.SessionPage;
import dev.dwata.agent.store.SessionQuery;
import dev.dwata.agent.store.Sessions.Change;
import dev.dwata.types.AgentError;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.SessionInfo;
import dev.dwata.types.SessionStatus;
import dev.dwata.types.StoredMessage;
import dev.dwata.types.ToolCallInfo;
import dev.dwata.types.ToolCallStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What every [dev.dwata.agent.store.Sessions] does but searching.
public abstract class SessionsContract extends StoreContract {

    @Test
    void makesASessionAsWanted() {
        NewSession wanted = new NewSession(
                "Plans",
                "planner",
                "offline/offline",
                "song",
                "item-1",
                "project-1",
                Json.MAPPER.readTree("{\"a\":[1]}"));

        SessionInfo made = store.sessions().create(OWNER, wanted);

        assertThat(made)
                .isEqualTo(new SessionInfo(
                        made.id(),
                        "Plans",
                        SessionStatus.ACTIVE,
                        "planner",
                        "offline/offline",
                        null,
                        made.createdAt(),
                        made.createdAt(),
                        0,
                        0,
                        "song",
                        "item-1",
                        "project-1",
                        Json.MAPPER.readTree("{\"a\":[1]}")));
        assertThat(store.sessions().find(OWNER, made.id())).contains(made);
    }

    @Test
    void makesAPlainSessionWithTheDefaults() {
        SessionInfo made = store.sessions().create(OWNER, NewSession.PLAIN);

        assertThat(made)
                .isEqualTo(new SessionInfo(
                        made.id(),
                        NewSession.DEFAULT_TITLE,
                        SessionStatus.ACTIVE,
                        NewSession.DEFAULT_AGENT,
                        null,
                        null,
                        made.createdAt(),
                        made.createdAt(),
                        0,
                        0,
                        null,
                        null,
                        null,
                        null));
    }

    @Test // S4-221, S3's title rule as resolved in C-62
    void takesTheTitleFromTheFirstMessageUnlessOneWasGiven() throws Exception {
        SessionId plain = session();
        SessionId titled = session(OWNER, NewSession.titled("Mine"));
        SessionId renamed = session();
        store.sessions().update(OWNER, renamed, Change.title("Renamed"));
        for (SessionId session : List.of(plain, titled, renamed)) {
            exchange(session, "  What changed\nhere?  ", "Much.");
            exchange(session, "And there?", "Nothing.");
        }

        assertThat(info(plain).title()).isEqualTo("What changed here?");
        assertThat(info(titled).title()).isEqualTo("Mine");
        assertThat(info(renamed).title()).isEqualTo("Renamed");
    }

    @Test // S4-132, C-63
    void followsTheConversation() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");
        assertThat(info(session).lastMessage()).isEqualTo("Hi");
        assertThat(info(session).messageCount()).isEqualTo(1);

        append(
                session,
                run,
                Events.turn(1, new Part.ToolCall("call_1", "filesystem.read", Json.MAPPER.readTree("{}"))),
                Events.called("call_1"),
                Events.returned("call_1"));
        assertThat(info(session).lastMessage()).isEqualTo("Hi");
        assertThat(info(session).messageCount()).isEqualTo(2);

        append(session, run, Events.answer(2, "A".repeat(150) + "\uD83E\uDD84".repeat(100)), Events.completed("A"));
        SessionInfo after = info(session);
        assertThat(after.lastMessage()).isEqualTo("A".repeat(150) + "\uD83E\uDD84".repeat(50));
        assertThat(after.messageCount()).isEqualTo(3);
        assertThat(after.headSeq()).isEqualTo(6);
        assertThat(after.lastActivity()).isEqualTo(log(session).get(4).time());
    }

    @Test // S4-224
    void listsByLastActivityAndAMessageMovesItsSessionToTheTop() throws Exception {
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sessions.add(session());
            exchange(sessions.get(i), "question " + i, "answer " + i);
        }
        awaitLaterThan(info(sessions.get(4)));
        exchange(sessions.get(1), "again", "and again");

        List<SessionInfo> listed =
                store.sessions().list(OWNER, SessionQuery.latest(10)).sessions();

        assertThat(listed.get(0).id()).isEqualTo(sessions.get(1));
        assertThat(listed)
                .isSortedAccordingTo(java.util.Comparator.comparing(SessionInfo::lastActivity)
                        .thenComparing(SessionInfo::id)
                        .reversed());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        sessions.stream().map(this::info).toList());
    }

    /// Activity is told apart by milliseconds.
    private void awaitLaterThan(SessionInfo session) {
        while (!java.time.Instant.now().isAfter(session.lastActivity().plusMillis(1))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void listsInPagesThatAddUp() {
        for (int i = 0; i < 7; i++) {
            session(OWNER, NewSession.titled("number " + i));
        }
        List<SessionInfo> paged = new ArrayList<>();
        for (int offset = 0; offset < 9; offset += 3) {
            SessionPage page = store.sessions().list(OWNER, new SessionQuery(3, offset, null, null));
            assertThat(page.total()).isEqualTo(7);
            paged.addAll(page.sessions());
        }

        assertThat(paged)
                .hasSize(7)
                .isEqualTo(
                        store.sessions().list(OWNER, SessionQuery.latest(200)).sessions());
    }

    @Test
    void listsWhatTheFiltersSay() throws Exception {
        SessionId song = session(OWNER, new NewSession("Song", null, null, "song", "7", "album", null));
        SessionId archived = session(OWNER, NewSession.titled("Old"));
        SessionId broken = session(OWNER, NewSession.titled("Broken"));
        SessionId talked = session(OWNER, NewSession.titled("Talked"));
        exchange(talked, "Where is the zebra?", "In the zoo.");
        store.sessions().update(OWNER, archived, Change.status(SessionStatus.ARCHIVED));
        store.sessions().update(OWNER, broken, Change.status(SessionStatus.ERROR));

        assertThat(listed(new SessionQuery(10, 0, null, null))).containsExactlyInAnyOrder(song, broken, talked);
        assertThat(listed(new SessionQuery(10, 0, null, SessionStatus.ARCHIVED)))
                .containsExactly(archived);
        assertThat(listed(new SessionQuery(10, 0, null, SessionStatus.ERROR))).containsExactly(broken);
        assertThat(listed(new SessionQuery(10, 0, null, null, "song", null, null)))
                .containsExactly(song);
        assertThat(listed(new SessionQuery(10, 0, null, null, null, "7", null))).containsExactly(song);
        assertThat(listed(new SessionQuery(10, 0, null, null, null, null, "album")))
                .containsExactly(song);
        assertThat(listed(new SessionQuery(10, 0, null, null, "song", "8", "album")))
                .isEmpty();
        assertThat(listed(new SessionQuery(10, 0, "zebra", null))).containsExactly(talked);
        assertThat(listed(new SessionQuery(10, 0, "old", SessionStatus.ARCHIVED)))
                .containsExactly(archived);
        assertThat(listed(new SessionQuery(10, 0, "zebra", SessionStatus.ACTIVE, "song", null, null)))
                .isEmpty();
        assertThat(listed(new SessionQuery(10, 0, "  ", null))).hasSize(3);
    }

    private List<SessionId> listed(SessionQuery query) {
        SessionPage page = store.sessions().list(OWNER, query);
        assertThat(page.total()).isEqualTo(page.sessions().size());
        return page.sessions().stream().map(SessionInfo::id).toList();
    }

    @Test
    void aMessageBringsAnArchivedSessionBack() throws Exception {
        SessionId session = session();
        store.sessions().update(OWNER, session, Change.status(SessionStatus.ARCHIVED));

        exchange(session, "Hi", "Hello");

        assertThat(info(session).status()).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test // S4-214, C-57
    void hidesSessionsFromEverybodyButTheirOwner() throws Exception {
        SessionId mine = session(OWNER, NewSession.titled("Mine"));
        SessionId theirs = session(OTHER, NewSession.titled("Theirs"));

        assertThat(store.sessions().find(OTHER, mine)).isEmpty();
        assertThat(store.sessions().isTaken(mine)).isTrue();
        assertThat(store.sessions().isTaken(SessionId.create())).isFalse();
        assertThat(store.sessions().list(OTHER, SessionQuery.latest(10)).sessions().stream()
                        .map(SessionInfo::id))
                .containsExactly(theirs);
        assertRefused(AgentError.NotFound.class, () -> store.sessions().update(OTHER, mine, Change.title("Taken")));
        assertRefused(AgentError.NotFound.class, () -> store.sessions().purge(OTHER, mine));
        assertThat(info(mine).title()).isEqualTo("Mine");
    }

    @Test
    void changesOnlyWhatIsGiven() {
        SessionInfo before =
                store.sessions().create(OWNER, new NewSession("Plans", "planner", "a/b", "song", null, null, null));

        assertThat(store.sessions()
                        .update(OWNER, before.id(), Change.title("New \0 title"))
                        .title())
                .isEqualTo("New \uFFFD title");
        store.sessions().update(OWNER, before.id(), Change.model("c/d"));
        store.sessions().update(OWNER, before.id(), new Change(null, null, null, "writer"));
        SessionInfo after = store.sessions().update(OWNER, before.id(), Change.status(SessionStatus.ERROR));

        assertThat(after)
                .isEqualTo(new SessionInfo(
                        before.id(),
                        "New \uFFFD title",
                        SessionStatus.ERROR,
                        "writer",
                        "c/d",
                        null,
                        before.createdAt(),
                        before.lastActivity(),
                        0,
                        0,
                        "song",
                        null,
                        null,
                        null));
        assertRefused(
                AgentError.NotFound.class, () -> store.sessions().update(OWNER, SessionId.create(), Change.title("x")));
    }

    @Test // C-66
    void purgesASessionWithEverythingInIt() throws Exception {
        SessionId session = session();
        SessionId other = session();
        RunId run = exchange(session, "Where is the zebra?", "In the zoo.");
        exchange(other, "a", "b");
        store.memory().set(new dev.dwata.agent.store.Memory.Scope(OWNER, session), "key", "value");

        store.sessions().purge(OWNER, session);

        assertThat(store.sessions().find(OWNER, session)).isEmpty();
        assertThat(log(session)).isEmpty();
        assertThat(store.sessions().transcript(session).messages()).isEmpty();
        assertThat(store.sessions().toolCalls(session)).isEmpty();
        assertThat(store.runs().find(run)).isEmpty();
        assertThat(store.runs().list(session, 10)).isEmpty();
        assertThat(store.memory().get(new dev.dwata.agent.store.Memory.Scope(OWNER, session), "key"))
                .isEmpty();
        assertThat(listed(new SessionQuery(10, 0, "zebra", null))).isEmpty();
        assertThat(log(other)).hasSize(3);
        assertRefused(AgentError.NotFound.class, () -> store.sessions().purge(OWNER, session));
    }

    @Test
    void doesNotPurgeASessionWhoseRunIsNotOver() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Hi");

        assertRefused(AgentError.Conflict.class, () -> store.sessions().purge(OWNER, session));
        append(session, run, Events.cancelled());
        store.sessions().purge(OWNER, session);

        assertThat(store.sessions().find(OWNER, session)).isEmpty();
    }

    @Test // S4-133 .. S4-135, C-54
    void keepsTheTranscriptInTheOrderOfTheLog() throws Exception {
        SessionId session = session();
        var question = Events.message("What is in a.txt?");
        RunId run = admit(session, question).run().id();
        Part.ToolCall asked =
                new Part.ToolCall("call_1", "filesystem.read", Json.MAPPER.readTree("{\"path\":\"a.txt\"}"));
        var first = Events.turn(1, new Part.Text("Let me see."), asked);
        var result = Events.returned("call_1");
        var second = Events.answer(2, "An A.");
        append(session, run, first, Events.called("call_1"), result, second, Events.completed("An A."));

        List<StoredMessage> transcript = store.sessions().transcript(session).messages();

        assertThat(transcript.stream().map(StoredMessage::message))
                .containsExactly(
                        Message.user("What is in a.txt?"),
                        first.message(),
                        new Message(
                                Role.TOOL,
                                List.of(new Part.ToolResult("call_1", "filesystem.read", true, result.result()))),
                        second.message());
        assertThat(transcript.stream().map(StoredMessage::seq)).containsExactly(1L, 2L, 4L, 5L);
        assertThat(transcript.get(0))
                .isEqualTo(new StoredMessage(
                        question.messageId(),
                        session,
                        run,
                        1,
                        Role.USER,
                        transcript.get(0).parts(),
                        Events.SAID_AT,
                        false));
        assertThat(transcript.stream().map(StoredMessage::contextTokens)).containsExactly(null, 120L, null, 120L);
        assertThat(transcript.get(1).id()).isEqualTo(first.messageId());
        assertThat(transcript.get(3).createdAt()).isEqualTo(log(session).get(4).time());
    }

    @Test
    void showsMessagesOfUsersAndAssistantsInPages() throws Exception {
        SessionId session = session();
        for (int i = 0; i < 5; i++) {
            RunId run = admit(session, "question " + i);
            append(session, run, Events.turn(1, new Part.ToolCall("c", "filesystem.read", Json.MAPPER.readTree("{}"))));
            append(session, run, Events.called("c"), Events.returned("c"), Events.answer(2, "answer " + i));
            append(session, run, Events.completed("answer " + i));
        }
        List<StoredMessage> shown = store.sessions().transcript(session).messages().stream()
                .filter(message -> message.role() != Role.TOOL)
                .toList();

        List<StoredMessage> paged = new ArrayList<>();
        MessagePage page = store.sessions().messages(session, 4, null);
        while (page.hasMore()) {
            paged.addAll(0, page.messages());
            page = store.sessions().messages(session, 4, page.messages().get(0).id());
        }
        paged.addAll(0, page.messages());

        assertThat(paged).hasSize(15).isEqualTo(shown);
        assertThat(page.messages()).hasSize(3);
        assertThat(store.sessions().messages(session, 15, null)).isEqualTo(new MessagePage(shown, false));
        assertThat(store.sessions().messages(session, 10, shown.get(0).id()))
                .isEqualTo(new MessagePage(List.of(), false));
    }

    @Test
    void hasNoMessagesWhereThereIsNoSessionAndNoPageBeforeAMessageOfAnother() throws Exception {
        SessionId session = session();
        SessionId other = session();
        exchange(session, "a", "b");
        exchange(other, "c", "d");
        MessageId elsewhere =
                store.sessions().transcript(other).messages().get(0).id();

        assertThat(store.sessions().messages(SessionId.create(), 10, null))
                .isEqualTo(new MessagePage(List.of(), false));
        assertRefused(AgentError.NotFound.class, () -> store.sessions().messages(session, 10, elsewhere));
        assertRefused(AgentError.NotFound.class, () -> store.sessions().messages(session, 10, MessageId.create()));
    }

    @Test
    void keepsWhatAnAnswerHadSaidWhenItsRunWasCutShort() throws Exception {
        SessionId session = session();
        RunId cancelled = admit(session, "one");
        append(session, cancelled, Events.token("whole"), Events.answer(1, "whole"), Events.token("Once "));
        append(session, cancelled, Events.token("upon \uD83E\uDD84"), Events.cancelled());
        RunId failed = admit(session, "two");
        append(session, failed, Events.token("There was"), Events.failed());
        RunId silent = admit(session, "three");
        append(session, silent, Events.cancelled());

        assertThat(store.sessions().messages(session, 10, null).messages().stream()
                        .map(message -> message.message().text() + (message.partial() ? " (partial)" : "")))
                .containsExactly(
                        "one", "whole", "Once upon \uD83E\uDD84 (partial)", "two", "There was (partial)", "three");
        StoredMessage partial = store.sessions().transcript(session).messages().get(2);
        assertThat(partial.seq()).isEqualTo(6);
        assertThat(partial.role()).isEqualTo(Role.ASSISTANT);
        assertThat(partial.runId()).isEqualTo(cancelled);
        assertThat(info(session).messageCount()).isEqualTo(6);
    }

    @Test
    void keepsNothingPartialOfARunThatWasCompleted() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "one");
        append(session, run, Events.token("left over"), Events.completed("left over"));

        assertThat(store.sessions().transcript(session).messages()).hasSize(1);
    }

    @Test // S4-134, S0-19, S0-20, S0-79, C-16
    void followsToolCallsFromRequestToResult() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Read.");
        var asking = Events.turn(1, new Part.Text("Reading."));
        append(session, run, asking, Events.called("good"));
        ToolCallInfo executing = store.sessions().toolCalls(session).get(0);
        append(session, run, Events.returned("good"));
        append(session, run, Events.called("bad"), Events.failed("bad"));
        append(session, run, Events.called("ugly"), Events.denied("ugly"), Events.called("cut"), Events.cancelled());

        var arguments = Json.MAPPER.readTree("{\"path\":\"a.txt\"}");
        var log = log(session);
        MessageId message = asking.messageId();
        assertThat(executing)
                .isEqualTo(new ToolCallInfo(
                        "good",
                        run,
                        message,
                        "filesystem.read",
                        arguments,
                        null,
                        ToolCallStatus.EXECUTING,
                        log.get(2).time(),
                        null,
                        null,
                        null));
        List<ToolCallInfo> calls = store.sessions().toolCalls(session);
        assertThat(calls.get(0))
                .isEqualTo(new ToolCallInfo(
                        "good",
                        run,
                        message,
                        "filesystem.read",
                        arguments,
                        Events.returned("good").result(),
                        ToolCallStatus.COMPLETED,
                        log.get(2).time(),
                        log.get(3).time(),
                        12L,
                        null));
        assertThat(calls.stream().map(ToolCallInfo::status))
                .containsExactly(
                        ToolCallStatus.COMPLETED,
                        ToolCallStatus.FAILED,
                        ToolCallStatus.REJECTED,
                        ToolCallStatus.CANCELLED);
        assertThat(calls.stream().map(ToolCallInfo::error))
                .containsExactly(null, "no such file", "not allowed", "the run ended before the call had a result");
        assertThat(calls.get(1).executionTimeMs()).isEqualTo(3);
        assertThat(store.sessions().toolCalls(session, List.of(message, MessageId.create())))
                .isEqualTo(calls);
        assertThat(store.sessions().toolCalls(session, List.of(MessageId.create())))
                .isEmpty();
        assertThat(store.sessions().toolCalls(session(), List.of(message))).isEmpty();
    }

    @Test
    void keepsEverythingWithTextThatIsNoText() {
        SessionInfo made = store.sessions()
                .create(
                        OWNER,
                        new NewSession(
                                "half \uD83E",
                                "nul \0",
                                null,
                                null,
                                null,
                                null,
                                Json.MAPPER.readTree("{\"a\\u0000\":\"\\ud800\"}")));

        assertThat(made.title()).isEqualTo("half \uFFFD");
        assertThat(made.agentName()).isEqualTo("nul \uFFFD");
        assertThat(made.config()).isEqualTo(Json.MAPPER.readTree("{\"a\uFFFD\":\"\uFFFD\"}"));
        assertThat(info(made.id())).isEqualTo(made);
    }

    @Test
    void listsManySessionsOfTheSameMomentWithoutLosingOne() {
        List<SessionId> made = Stream.generate(this::session).limit(50).toList();

        List<SessionId> paged = new ArrayList<>();
        for (int offset = 0; offset < 50; offset += 7) {
            store.sessions()
                    .list(OWNER, new SessionQuery(7, offset, null, null))
                    .sessions()
                    .forEach(info -> paged.add(info.id()));
        }

        assertThat(paged).containsExactlyInAnyOrderElementsOf(made);
        assertThat(Collections.frequency(paged, made.get(0))).isEqualTo(1);
    }

    @Test
    void keepsWhatItIsAboutBesideTheRestOfItsConfiguration_S2_140() {
        JsonNode config = Json.MAPPER.createObjectNode().put("tone", "dry").put("context", "then");
        SessionId id = session(OWNER, new NewSession(null, null, null, null, null, null, config));
        SessionId plain = session();
        JsonNode now = Json.MAPPER.createObjectNode().put("current_code", "s(\"bd\")");

        store.sessions().update(OWNER, id, Change.context(now));
        store.sessions().update(OWNER, plain, Change.context(now));

        assertThat(info(id).config())
                .isEqualTo(Json.MAPPER.createObjectNode().put("tone", "dry").set("context", now));
        assertThat(info(plain).config())
                .isEqualTo(Json.MAPPER.createObjectNode().set("context", now));
    }
}
