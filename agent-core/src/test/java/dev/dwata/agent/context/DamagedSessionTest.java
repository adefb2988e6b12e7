package dev.dwata.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.LocalRuntime;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.testing.Events;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.LegalHistory;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import dev.dwata.types.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A session that was left in a state that no provider takes can be gone on with.
@Timeout(60)
class DamagedSessionTest {
    private final InMemoryStore store = new InMemoryStore();
    private final ScriptedModel model = new ScriptedModel();
    private final SessionId session =
            store.sessions().create(Principal.LOCAL, NewSession.PLAIN).id();

    @Test
    void goesOnAfterACrashBetweenACallAndItsResult_H1() throws Exception {
        run(Events.turn(1, call("a"), call("a"), call("")), Events.called("a"), Events.returned("a"));

        assertThat(goOn()).isEqualTo("Here we are.");
        assertThat(model.requests().getFirst().messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
    }

    @Test
    void goesOnAfterAModelThatMadeNoSense_H6_G7() throws Exception {
        run(
                Events.turn(1, new Part.ToolCall("id with spaces", "what?", Json.MAPPER.readTree("\"{\\\"cut\\\"\""))),
                Events.turn(2),
                Events.turn(3, new Part.Text("")));

        assertThat(goOn()).isEqualTo("Here we are.");
        assertThat(model.requests().getFirst().messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
    }

    @Test
    void showsTheModelALegalHistoryInEveryTurn_G8() throws Exception {
        run(Events.turn(1, call("call_1")));
        model.calls("no.such", "{}").calls("no such tool!", "[]");

        assertThat(goOn()).isEqualTo("Here we are.");
        assertThat(model.requests()).hasSize(3);
    }

    /// What happened stays on record; only what the model is shown is repaired.
    private String goOn() {
        List<StoredMessage> before = store.sessions().transcript(session).messages();
        model.says("Here we are.");
        try (LocalRuntime runtime =
                AgentRuntime.builder().models(model.asModels()).store(store).build()) {
            RunCompleted end =
                    (RunCompleted) runtime.session(session).prompt("Go on.").await();
            model.requests().forEach(request -> LegalHistory.check(request.messages()));
            assertThat(store.sessions().transcript(session).messages())
                    .startsWith(before.toArray(StoredMessage[]::new));
            return end.content();
        }
    }

    private void run(AgentEvent... events) throws InterruptedException {
        RunId run = store.log()
                .admit(new Admission(
                        Principal.LOCAL,
                        session,
                        null,
                        RunId.create(),
                        Events.message("Do it."),
                        NewSession.DEFAULT_AGENT,
                        null,
                        null))
                .run()
                .id();
        for (AgentEvent event : events) {
            store.log().append(session, run, event);
        }
        store.log().append(session, run, Events.failed());
    }

    private static Part call(String id) {
        return new Part.ToolCall(id, "filesystem.read", Json.MAPPER.createObjectNode());
    }
}
