package dev.dwata.agent.tool.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.agent.tool.ToolCalls;
import dev.dwata.agent.tool.ToolRegistry;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import dev.dwata.types.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// S4-150, S4-163
class SessionToolsTest {
    /// A Wednesday.
    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource time = now::get;
    private final InMemoryStore store = new InMemoryStore(time);
    private final ScriptedModel model = new ScriptedModel();
    private final AgentRuntime runtime =
            AgentRuntime.builder().models(model.asModels()).store(store).build();
    private final Clock clock = time.withZone(ZoneId.of("Europe/Berlin"));
    private final ToolCalls tools = ToolCalls.of(SessionTools.over(store.sessions(), clock));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void listsTheLatestSessionsFirstAndMarksTheCurrentOne() {
        SessionId older = session(Duration.ofHours(2), "Which database?", "SQLite.");
        SessionId newer = session(Duration.ofHours(1), "Which language?", "Java.");
        ToolCalls inNewer = new ToolCalls(tools.tools(), Principal.LOCAL, newer);

        assertThat(inNewer.call("sessions.list", Map.of())).isEqualTo(json("""
                {"success":true,"sessions":[
                  {"session_id":"%s","title":"Which language?","last_activity":"2026-07-15T11:00:00.000Z",
                   "message_count":2,"current":true,"snippet":"Java."},
                  {"session_id":"%s","title":"Which database?","last_activity":"2026-07-15T10:00:00.000Z",
                   "message_count":2,"snippet":"SQLite."}],
                 "total":2}""".formatted(newer, older)));
        assertThat(ids(inNewer.call("sessions.list", Map.of("limit", 1)))).containsExactly(newer.value());
    }

    @Test
    void findsSessionsByWords() {
        SessionId found = session(Duration.ofDays(40), "How do we store events?", "With SQLite and persistence.");
        session(Duration.ofHours(1), "What is for lunch?", "Soup.");

        JsonNode result = tools.call("sessions.search", Map.of("query", "persistence"));

        assertThat(ids(result)).containsExactly(found.value());
        assertThat(result.get("sessions").get(0).get("snippet").stringValue()).contains("«persistence»");
        assertThat(ids(tools.call("sessions.search", Map.of("query", "dinner"))))
                .isEmpty();
    }

    @Test
    void findsSessionsByDays() {
        SessionId today = session(Duration.ofHours(1), "today", "ok");
        SessionId yesterday = session(Duration.ofHours(15), "yesterday", "ok");
        SessionId lastWeek = session(Duration.ofDays(5), "last week", "ok");
        session(Duration.ofDays(12), "long ago", "ok");

        assertThat(ids(search("today"))).containsExactly(today.value());
        assertThat(ids(search("yesterday"))).containsExactly(yesterday.value());
        assertThat(ids(search("this_week"))).containsExactly(today.value(), yesterday.value());
        assertThat(ids(search("last_week"))).containsExactly(lastWeek.value());
        assertThat(ids(tools.call("sessions.search", Map.of()))).hasSize(4);
        assertThat(ids(tools.call("sessions.search", Map.of("query", "ok", "date_filter", "today"))))
                .containsExactly(today.value());
        assertThat(tools.error("sessions.search", Map.of("date_filter", "tomorrow")))
                .contains("date_filter", "today", "yesterday", "this_week", "last_week");
    }

    @Test
    void showsOneSessionWithItsLatestMessages() {
        SessionId id = session(Duration.ofHours(1), "Tell me everything", "word ".repeat(300));

        JsonNode result = tools.call("sessions.get", Map.of("session_id", id.value()));

        // A message bears the time at which its sender gave it, which is not the store's.
        String asked = result.at("/recent_messages/0/timestamp").stringValue();
        assertThat(result).isEqualTo(json("""
                {"success":true,"session_id":"%s","title":"Tell me everything","status":"active",
                 "agent_name":"default","created_at":"2026-07-15T11:00:00.000Z",
                 "last_activity":"2026-07-15T11:00:00.000Z","message_count":2,"recent_messages":[
                   {"role":"user","content":"Tell me everything","timestamp":"%s"},
                   {"role":"assistant","content":"%s…","timestamp":"2026-07-15T11:00:00.000Z"}],
                 "has_more":false}""".formatted(id, asked, "word ".repeat(200))));
    }

    @Test
    void tellsTheModelHowItsUserGetsToAnotherSession_S4_160() {
        SessionId id = session(Duration.ofHours(1), "about whales", "ok");

        JsonNode result = tools.call("sessions.switch", Map.of("session_id", id.value()));

        assertThat(result.path("command").stringValue()).isEqualTo("/session " + id);
        assertThat(result.path("guidance").stringValue())
                .contains("/session " + id)
                .contains("about whales");
        assertThat(tools.error("sessions.switch", Map.of("session_id", "seven")))
                .isEqualTo("'session_id' must be a UUID, not 'seven'");
    }

    @Test
    void saysThatASessionIsNotThere() {
        SessionId unknown = SessionId.create();

        assertThat(tools.error("sessions.get", Map.of("session_id", unknown.value())))
                .isEqualTo("there is no session " + unknown);
        assertThat(tools.error("sessions.get", Map.of("session_id", "seven")))
                .isEqualTo("'session_id' must be a UUID, not 'seven'");
    }

    @Test
    void showsNobodyAnotherPrincipalsSessions() {
        SessionId mine = session(Duration.ofHours(1), "secret plans", "ok");
        ToolCalls others = new ToolCalls(
                new ToolRegistry(SessionTools.over(store.sessions(), clock)), new Principal("other"), mine);

        assertThat(ids(others.call("sessions.list", Map.of()))).isEmpty();
        assertThat(ids(others.call("sessions.search", Map.of("query", "secret"))))
                .isEmpty();
        assertThat(others.error("sessions.get", Map.of("session_id", mine.value())))
                .isEqualTo("there is no session " + mine);
    }

    @Test
    void boundsHowManyItShows() {
        for (int limit : new int[] {0, 201}) {
            String refused = "'limit' must be 1 to 200, not " + limit;
            assertThat(tools.error("sessions.list", Map.of("limit", limit))).isEqualTo(refused);
            assertThat(tools.error("sessions.search", Map.of("limit", limit))).isEqualTo(refused);
        }
    }

    private SessionId session(Duration ago, String question, String answer) {
        now.set(NOON.minus(ago));
        model.says(answer);
        Session session = runtime.createSession();
        try (Run run = session.prompt(question)) {
            run.await();
        }
        now.set(NOON);
        return session.id();
    }

    private JsonNode search(String days) {
        return tools.call("sessions.search", Map.of("date_filter", days));
    }

    private static List<String> ids(JsonNode result) {
        List<String> ids = new ArrayList<>();
        result.get("sessions")
                .forEach(session -> ids.add(session.get("session_id").stringValue()));
        return ids;
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
