package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.AttemptReset;
import dev.dwata.types.AgentEvent.Reasoning;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every log does with deltas of runs that have been over for a while; C9.
public abstract class CompactionContract extends StoreContract {
    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");

    private static Envelope merged(Envelope last, AgentEvent event, long firstSeq) {
        return new Envelope(last.sessionId(), last.seq(), last.time(), last.runId(), event, firstSeq);
    }

    @Test
    void deltasThatFollowEachOtherBecomeOneEntryAndTheRestStays() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Question");
        append(session, run, new Reasoning("I ", 1), new Reasoning("think", 1), new Token("Let ", 1));
        append(session, run, new Token("me ", 1), new Token("see.", 1), Events.answer(1, "Let me see."));
        append(session, run, Events.called("c1"), Events.returned("c1"), new Token("A", 2), new Token("B", 2));
        append(session, run, new AttemptReset(2, "again"), new Token("C", 2), Events.answer(2, "C"));
        append(session, run, Events.completed("C"));
        List<Envelope> before = log(session);

        assertThat(store.log().compact(LATER, 10)).isEqualTo(1);

        assertThat(log(session))
                .containsExactly(
                        before.get(0),
                        merged(before.get(2), new Reasoning("I think", 1), 2),
                        merged(before.get(5), new Token("Let me see.", 1), 4),
                        before.get(6),
                        before.get(7),
                        before.get(8),
                        merged(before.get(10), new Token("AB", 2), 10),
                        before.get(11),
                        before.get(12),
                        before.get(13),
                        before.get(14));
        assertThat(store.log().headSeq(session)).isEqualTo(15);
    }

    @Test
    void nothingIsMergedAcrossTurnsRunsOrWhatCameBetween() throws Exception {
        SessionId session = session();
        RunId first = admit(session, "One");
        append(session, first, new Token("a", 1), new Token("b", 1));
        RunId second = admit(session, "Two");
        append(session, first, new Token("c", 1), new Token("d", 2), new Reasoning("e", 2), Events.failed());
        append(session, second, new Token("f", 1), new Token("g", 1), Events.cancelled());

        assertThat(store.log().compact(LATER, 10)).isEqualTo(2);

        assertThat(log(session))
                .filteredOn(entry -> entry.event() instanceof Token || entry.event() instanceof Reasoning)
                .extracting(Envelope::firstSeq, Envelope::seq, Envelope::event)
                .containsExactly(
                        tuple(2L, 3L, new Token("ab", 1)),
                        tuple(5L, 5L, new Token("c", 1)),
                        tuple(6L, 6L, new Token("d", 2)),
                        tuple(7L, 7L, new Reasoning("e", 2)),
                        tuple(9L, 10L, new Token("fg", 1)));
        assertCovered(session);
    }

    @Test
    void onlyRunsThatEndedBeforeAreDoneAndEachOnce() throws Exception {
        SessionId session = session();
        RunId over = admit(session, "One");
        append(session, over, new Token("a", 1), new Token("b", 1), Events.completed("ab"));
        RunId open = admit(session, "Two");
        append(session, open, new Token("c", 1), new Token("d", 1), Events.called("c1"));
        List<Envelope> before = log(session);
        Instant end = store.runs().find(over).orElseThrow().endedAt();

        assertThat(store.log().compact(end, 10)).isZero();
        assertThat(log(session)).isEqualTo(before);
        assertThat(store.log().compact(end.plusMillis(1), 10)).isEqualTo(1);
        List<Envelope> after = log(session);
        assertThat(after)
                .hasSize(before.size() - 1)
                .endsWith(before.subList(3, 8).toArray(Envelope[]::new));
        assertThat(store.log().compact(LATER, 10)).isZero();
        assertThat(log(session)).isEqualTo(after);

        append(session, open, Events.completed("cd"));
        assertThat(log(session).getLast().seq()).isEqualTo(9);
    }

    @Test
    void aCallDoesAsManyRunsAsItIsToldAndTheNextCallTheRest() throws Exception {
        SessionId session = session();
        for (int i = 0; i < 3; i++) {
            RunId run = admit(session, "Question " + i);
            append(session, run, new Token("a", 1), new Token("b", 1), Events.completed("ab"));
        }

        assertThat(store.log().compact(LATER, 2)).isEqualTo(2);
        assertThat(log(session)).hasSize(10);
        assertThat(store.log().compact(LATER, 2)).isEqualTo(1);
        assertThat(log(session)).hasSize(9);
        assertThat(store.log().compact(LATER, 2)).isZero();
    }

    @Test
    void aLongRunIsPutTogetherInPiecesOf64KiB() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Question");
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            String word = i + " wörter \uD83D\uDE80 ";
            said.append(word);
            append(session, run, new Token(word, 1));
        }
        append(session, run, Events.answer(1, said.toString()), Events.completed("done"));

        assertThat(store.log().compact(LATER, 1)).isEqualTo(1);

        List<Token> tokens = log(session).stream()
                .map(Envelope::event)
                .filter(Token.class::isInstance)
                .map(Token.class::cast)
                .toList();
        assertThat(tokens).hasSize(said.toString().getBytes(StandardCharsets.UTF_8).length / (64 << 10) + 1);
        assertThat(tokens)
                .allSatisfy(token -> assertThat(token.content().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(64 << 10));
        assertThat(String.join("", tokens.stream().map(Token::content).toList()))
                .isEqualTo(said.toString());
        assertCovered(session);
    }

    @Test
    void aCursorInsideAMergedEntryReadsIt() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "Question");
        append(session, run, new Token("a", 1), new Token("b", 1), new Token("c", 1), Events.completed("abc"));
        store.log().compact(LATER, 1);

        for (long after : new long[] {1, 2, 3}) {
            List<Envelope> rest = store.log().read(session, after, 1);
            assertThat(rest).extracting(Envelope::firstSeq, Envelope::seq).containsExactly(tuple(2L, 4L));
            assertThat(rest.getFirst().splitBy(after)).isEqualTo(after > 1);
            assertThat(rest.getFirst().follows(after)).isEqualTo(after == 1);
        }
        assertThat(store.log().read(session, 4, 10)).extracting(Envelope::seq).containsExactly(5L);
        assertThat(store.log().read(session, 5, 10)).isEmpty();
    }

    private void assertCovered(SessionId session) {
        long last = 0;
        List<Long> holes = new ArrayList<>();
        for (Envelope entry : log(session)) {
            if (!entry.follows(last)) {
                holes.add(entry.seq());
            }
            last = entry.seq();
        }
        assertThat(holes).isEmpty();
        assertThat(last).isEqualTo(store.log().headSeq(session));
    }
}
