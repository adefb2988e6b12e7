package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputRequested;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.CallDecision.Verdict;
import dev.dwata.types.InputDecision;
import dev.dwata.types.InputRequest;
import dev.dwata.types.Json;
import dev.dwata.types.PolicyRule;
import dev.dwata.types.PolicyRule.Effect;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What every [dev.dwata.agent.store.PolicyRules] does.
public abstract class PolicyRulesContract extends StoreContract {
    private SessionId session;
    private RunId run;

    @BeforeEach
    void beginARun() throws Exception {
        session = session();
        run = admit(session, "Write it down");
    }

    private static PolicyRule rule(String id, @Nullable String owner) {
        return new PolicyRule(
                id,
                Effect.ALLOW,
                "shell.run",
                Map.of("cwd", "/work"),
                List.of("git", "status", "**"),
                "/work",
                "default",
                null,
                owner,
                Events.SAID_AT);
    }

    private InputRequested always(String call, JsonNode rule) throws InterruptedException {
        InputRequested asked = Events.asks(call);
        append(session, run, Events.decided(call, Verdict.ASK), asked);
        append(
                session,
                run,
                new InputResolved(asked.requestId(), InputDecision.ALWAYS, "local/laptop", null, null, null, rule));
        return asked;
    }

    @Test
    void comeOfAnswersAndAreListedForTheirOwner() throws Exception {
        always("call_1", Json.MAPPER.valueToTree(rule("always-1", OWNER.id())));
        always("call_2", Json.MAPPER.valueToTree(rule("always-2", OWNER.id())));

        assertThat(store.rules().list(OWNER))
                .containsExactly(rule("always-1", OWNER.id()), rule("always-2", OWNER.id()));
        assertThat(store.rules().list(OTHER)).isEmpty();
    }

    @Test // K4: nobody's answer makes a rule for somebody else
    void areOfTheOwnerOfTheRunWhateverTheySay() throws Exception {
        always("call_1", Json.MAPPER.valueToTree(rule("always-1", OTHER.id())));
        always("call_2", Json.MAPPER.valueToTree(rule("always-2", null)));
        always("call_3", Json.MAPPER.valueToTree(rule("always-1", OWNER.id())));

        assertThat(store.rules().list(OTHER)).isEmpty();
        assertThat(store.rules().list(OWNER)).extracting(PolicyRule::owner).containsExactly("local", "local");
    }

    @Test
    void areNotInForceOnceTheyAreRevoked() throws Exception {
        always("call_1", Json.MAPPER.valueToTree(rule("always-1", OWNER.id())));

        assertRefused(AgentError.NotFound.class, () -> store.rules().revoke(OTHER, "always-1"));
        assertThat(store.rules().list(OWNER)).hasSize(1);
        store.rules().revoke(OWNER, "always-1");

        assertThat(store.rules().list(OWNER)).isEmpty();
        assertRefused(AgentError.NotFound.class, () -> store.rules().revoke(OWNER, "always-1"));
    }

    @Test
    void areRefusedWithTheirAnswerWhereTheyAreNone() throws Exception {
        InputRequested asked = Events.asks("call_1");
        append(session, run, Events.decided("call_1", Verdict.ASK), asked);
        for (String json : List.of("{}", "\"allow\"", "{\"id\":\"a\",\"effect\":\"perhaps\",\"tool\":\"*\"}")) {
            assertRefused(
                    AgentError.InvalidRequest.class,
                    () -> append(
                            session,
                            run,
                            new InputResolved(
                                    asked.requestId(),
                                    InputDecision.ALWAYS,
                                    "local/laptop",
                                    null,
                                    null,
                                    null,
                                    Json.MAPPER.readTree(json))));
        }

        assertThat(store.inputs().open(OWNER, null))
                .extracting(InputRequest::id)
                .containsExactly(asked.requestId());
        assertThat(store.rules().list(OWNER)).isEmpty();
    }

    @Test
    void outliveTheirSession() throws Exception {
        always("call_1", Json.MAPPER.valueToTree(rule("always-1", OWNER.id())));
        append(session, run, Events.cancelled());

        store.sessions().purge(OWNER, session);

        assertThat(store.rules().list(OWNER)).hasSize(1);
    }
}
