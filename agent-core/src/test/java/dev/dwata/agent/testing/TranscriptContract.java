package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.MessagePage;
import dev.dwata.agent.store.Summary;
import dev.dwata.agent.store.Transcript;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentEvent.TurnCompleted;
import dev.dwata.types.Message;
import dev.dwata.types.MessageId;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.RunInfo;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store remembers of compactions.
public abstract class TranscriptContract extends StoreContract {
    private static final Summary SUMMARY =
            new Summary("They talked.", List.of("a.txt"), List.of("b.txt"), List.of("write c.txt"), 0);

    @Test
    void isEverythingWhereNothingWasCompacted() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");

        Transcript transcript = store.sessions().transcript(session);

        assertThat(transcript.summary()).isNull();
        assertThat(texts(session)).containsExactly("a", "b");
        assertThat(store.sessions().transcript(SessionId.create())).isEqualTo(new Transcript(null, List.of()));
    }

    @Test
    void beginsWithTheFirstMessageThatWasKept() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        RunId second = admit(session, "c");
        TurnCompleted kept = Events.answer(2, "e");
        append(session, second, Events.answer(1, "d"), kept, Events.completed("e"));
        RunId third = admit(session, "f");
        append(session, third, Events.compacted("They talked.", kept.messageId()));
        append(session, third, Events.answer(1, "g"), Events.completed("g"));

        assertThat(store.sessions().transcript(session).summary())
                .isEqualTo(new Summary(
                        SUMMARY.text(), SUMMARY.filesRead(), SUMMARY.filesChanged(), SUMMARY.openTasks(), 9));
        assertThat(texts(session)).containsExactly("e", "f", "g");
    }

    @Test
    void keepsWhatWasAskedWhileAnEarlierRunWasGoingOn() throws Exception {
        SessionId session = session();
        RunId first = admit(session, "a");
        admit(session, "later");
        append(session, null, note("a note"));
        TurnCompleted kept = Events.answer(2, "c");
        append(session, first, Events.answer(1, "b"), kept, Events.compacted("They talked.", kept.messageId()));
        append(session, first, Events.answer(3, "d"), Events.completed("d"));
        append(session, null, note("another"));

        assertThat(texts(session)).containsExactly("c", "d", "later", "another");
    }

    @Test
    void keepsNothingOfBeforeWhereNothingIsNamed() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        RunId second = admit(session, "c");
        admit(session, "later");
        append(session, second, Events.answer(1, "d"), Events.compacted("They talked.", null), Events.answer(2, "e"));
        append(session, second, Events.completed("e"));

        assertThat(texts(session)).containsExactly("e", "later");
    }

    @Test
    void theLatestCompactionCounts() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        TurnCompleted first = Events.answer(1, "b");
        TurnCompleted second = Events.answer(2, "c");
        append(session, run, first, Events.compacted("Once.", first.messageId()), second);
        append(session, run, Events.compacted("Twice.", second.messageId()));

        Summary summary = store.sessions().transcript(session).summary();
        assertThat(summary)
                .isNotNull()
                .satisfies(latest -> assertThat(latest.text()).isEqualTo("Twice."));
        assertThat(texts(session)).containsExactly("c");
    }

    @Test
    void beginsWithAMessageThatBelongsToNoRun() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        MessageReceived note = note("a note");
        append(session, null, note);
        RunId run = admit(session, "c");
        append(session, run, Events.compacted("They talked.", note.messageId()));

        assertThat(texts(session)).containsExactly("a note", "c");
    }

    @Test
    void refusesToKeepAMessageThatIsNotThere() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        MessageReceived elsewhere = Events.message("b");
        admit(session(), elsewhere);

        assertRefused(
                AgentError.NotFound.class, () -> append(session, run, Events.compacted("No.", MessageId.create())));
        assertRefused(
                AgentError.NotFound.class, () -> append(session, run, Events.compacted("No.", elsewhere.messageId())));
        assertRefused(AgentError.InvalidRequest.class, () -> append(session, null, Events.compacted("No.", null)));
        assertThat(log(session)).hasSize(1);
        assertThat(store.sessions().transcript(session).summary()).isNull();
    }

    @Test
    void leavesTheHistoryOfPeopleWhole() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        RunId run = admit(session, "c");
        append(session, run, Events.compacted("They talked.", null), Events.answer(1, "d"), Events.completed("d"));

        MessagePage page = store.sessions().messages(session, 10, null);
        assertThat(page.messages().stream().map(message -> message.message().text()))
                .containsExactly("a", "b", "c", "d");
        assertThat(info(session).messageCount()).isEqualTo(4);
    }

    @Test
    void countsWhatTheSummaryUsedForItsRun() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        append(session, run, Events.compacted("They talked.", null), Events.answer(1, "b"));
        append(session, run, Events.completed("b"));

        RunInfo info = store.runs().find(run).orElseThrow();
        assertThat(info.usage()).isEqualTo(new TokenUsage(200, 40, 120, 0.5));
        assertThat(info.turns()).isEqualTo(1);
    }

    private MessageReceived note(String text) {
        MessageReceived user = Events.message(text);
        return new MessageReceived(
                user.messageId(), Role.SYSTEM, text, user.timestamp(), user.clientType(), null, null);
    }

    private List<String> texts(SessionId session) {
        return store.sessions().transcript(session).messages().stream()
                .map(stored -> stored.message())
                .map(Message::text)
                .toList();
    }
}
