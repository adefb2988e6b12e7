package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Usage.OfDay;
import dev.dwata.agent.store.Usage.OfSession;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.TokenUsage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// What every [dev.dwata.agent.store.Usage] does.
public abstract class UsageContract extends StoreContract {

    @Test
    void addsUpByDayAndModel() throws Exception {
        SessionId session = session();
        RunId run = admit(session, "a");
        append(session, run, Events.answer(1, "b"), Events.compacted("They talked.", null), Events.answer(2, "c"));
        append(session, run, Events.completed("c"));
        LocalDate day = log(session).get(0).time().atOffset(ZoneOffset.UTC).toLocalDate();

        assertThat(store.usage().days(OWNER, day, day.plusDays(1)))
                .containsExactly(
                        new OfDay(day, "offline/offline", 2, new TokenUsage(200, 40, 120, 0.5)),
                        new OfDay(day, "offline/small", 1, Events.USAGE));
        assertThat(store.usage().days(OWNER, day.plusDays(2), day.plusDays(3))).isEmpty();
        assertThat(store.usage().days(OWNER, day.minusDays(3), day.minusDays(1)))
                .isEmpty();
        assertThat(store.usage().days(OTHER, day, day.plusDays(1))).isEmpty();
    }

    @Test
    void addsUpBySessionWithThoseThatItMade() throws Exception {
        SessionId small = session(OWNER, NewSession.titled("Small"));
        exchange(small, "a", "b");
        SessionId big = session(OWNER, NewSession.titled("Big"));
        exchange(big, "a", "b");
        RunId maker = admit(big, "c");
        exchange(session(OWNER, NewSession.PLAIN.withParent(maker)), "d", "e");
        LocalDate day = log(big).get(0).time().atOffset(ZoneOffset.UTC).toLocalDate();

        assertThat(store.usage().sessions(OWNER, day, day.plusDays(1), 10))
                .containsExactly(
                        new OfSession(big, "Big", 2, new TokenUsage(200, 40, 120, 0.5)),
                        new OfSession(small, "Small", 1, Events.USAGE));
        assertThat(store.usage().sessions(OWNER, day, day.plusDays(1), 1)).hasSize(1);
        assertThat(store.usage().sessions(OTHER, day, day.plusDays(1), 10)).isEmpty();
    }

    @Test
    void ofASessionTakesInAllThatWorkForIt() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        RunId maker = admit(session, "c");
        SessionId child = session(OWNER, NewSession.PLAIN.withParent(maker));
        RunId made = admit(child, "d");
        exchange(session(OWNER, NewSession.PLAIN.withParent(made)), "e", "f");
        append(child, made, Events.answer(1, "g"), Events.completed("g"));
        exchange(session(), "h", "i");

        assertThat(store.usage().of(session)).isEqualTo(new TokenUsage(300, 60, 180, 0.75));
        assertThat(store.usage().of(child)).isEqualTo(new TokenUsage(200, 40, 120, 0.5));
        assertThat(store.usage().of(SessionId.create())).isEqualTo(TokenUsage.ZERO);
    }

    @Test
    void outlivesTheSession() throws Exception {
        SessionId session = session();
        exchange(session, "a", "b");
        LocalDate day = log(session).get(0).time().atOffset(ZoneOffset.UTC).toLocalDate();

        store.sessions().purge(OWNER, session);

        assertThat(store.usage().days(OWNER, day, day)).hasSize(1);
        assertThat(store.usage().sessions(OWNER, day, day, 10)).isEmpty();
    }
}
