package dev.dwata.agent.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dwata.agent.model.ModelRequest;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Envelope;
import dev.dwata.types.Json;
import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The simulation finds each of the faults it is there for.
class CrashInvariantsTest {
    private static final SessionId SESSION = SessionId.create();
    private static final RunId RUN = RunId.create();
    private static final String CALL = RUN + "/call_1";

    private record Nothing() {}

    private static List<Envelope> log(AgentEvent... events) {
        List<Envelope> log = new ArrayList<>();
        for (AgentEvent event : events) {
            log.add(new Envelope(SESSION, log.size() + 1, Events.SAID_AT, RUN, event));
        }
        return log;
    }

    private static final List<Envelope> SOUND =
            log(Events.message("Hi"), Events.called("call_1"), Events.returned("call_1"), Events.completed("Done."));

    private static CrashInvariants of(List<Envelope> all) {
        return new CrashInvariants(List.of(), all);
    }

    private static void assertFault(String message, ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Test
    void acceptsASoundLog() {
        assertThatCode(() -> {
                    CrashInvariants invariants = new CrashInvariants(SOUND.subList(0, 2), SOUND);
                    invariants.checkLog();
                    invariants.checkRuns(List.of(RUN));
                    invariants.checkToolCalls();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void findsAHoleAndWhatHasChanged() {
        List<Envelope> hole = List.of(SOUND.get(0), SOUND.get(2));

        assertFault("entry 2 has the number 3", () -> of(hole).checkLog());
        assertFault(
                "what was stored before the crash has changed",
                () -> new CrashInvariants(log(Events.message("Other")), SOUND).checkLog());
        assertFault(
                "what was stored before the crash has changed",
                () -> new CrashInvariants(SOUND, SOUND.subList(0, 3)).checkLog());
    }

    @Test
    void findsARunThatEndsTwiceOrNotAtAllOrIsThereTwice() {
        assertFault(
                "is of a run that was over",
                () -> of(log(Events.message("Hi"), Events.completed("One."), Events.completed("Two.")))
                        .checkRuns(List.of(RUN)));
        assertFault("only these are over: []", () -> of(SOUND.subList(0, 3)).checkRuns(List.of(RUN)));
        assertFault(
                "is another message of one run",
                () -> of(log(Events.message("Hi"), Events.message("Hi"))).checkRuns(List.of(RUN)));
        assertFault("the log has", () -> of(SOUND).checkRuns(List.of(RUN, RunId.create())));
    }

    @Test
    void findsCallsThatAreNotAnsweredOnce() {
        assertFault(
                "these calls have no result",
                () -> of(log(Events.called("call_1"), Events.completed("Done.")))
                        .checkToolCalls());
        assertFault(
                "is announced twice",
                () -> of(log(Events.called("call_1"), Events.returned("call_1"), Events.called("call_1")))
                        .checkToolCalls());
        assertFault(
                "answers no open call",
                () -> of(log(Events.called("call_1"), Events.returned("call_1"), Events.returned("call_1")))
                        .checkToolCalls());
    }

    private static void carryOut(Observer observer, Effect effect) {
        Tool tool = Tool.of(
                new ToolSpec.Head("filesystem.read", "Reads.", effect, Approval.AUTO),
                Nothing.class,
                (arguments, context) -> ToolOutcome.success(Map.of()));
        try {
            observer.watch(tool)
                    .call(
                            Json.MAPPER.createObjectNode(),
                            new ToolContext(Principal.LOCAL, SESSION, RUN, "call_1", (progress, message) -> {}));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsAnEffectThatIsRepeated() {
        Observer observer = new Observer(SOUND.subList(0, 2));
        carryOut(observer, Effect.ONCE);

        assertFault(CALL + " of filesystem.read was repeated", () -> observer.check(SOUND));
    }

    @Test
    void findsThatNobodyWasToldOfAnUnknownOutcome() {
        Observer observer = new Observer(SOUND.subList(0, 2));
        carryOut(new Observer(List.of()), Effect.ONCE);
        Tool tool = Tool.of(
                new ToolSpec.Head("filesystem.read", "Reads.", Effect.ONCE, Approval.AUTO),
                Nothing.class,
                (arguments, context) -> ToolOutcome.success(Map.of()));
        observer.watch(tool);

        assertFault("may have been carried out, and its result is", () -> observer.check(SOUND));
        ToolReturned unknown = new ToolReturned(
                "call_1", "filesystem.read", false, Json.MAPPER.createObjectNode(), "outcome unknown: …", 0);
        assertThatCode(() -> observer.check(log(Events.message("Hi"), Events.called("call_1"), unknown)))
                .doesNotThrowAnyException();
    }

    @Test
    void findsAResultThatIsComputedAgainOrOutOfThinAir() {
        Observer stored = new Observer(SOUND.subList(0, 3));
        carryOut(stored, Effect.PURE);
        assertFault("was carried out again, though its result was stored", () -> stored.check(SOUND));

        assertFault("has a result, and was not carried out", () -> new Observer(List.of()).check(SOUND));

        Observer twice = new Observer(List.of());
        carryOut(twice, Effect.PURE);
        carryOut(twice, Effect.PURE);
        assertFault("was carried out 2 times", () -> twice.check(SOUND));
    }

    @Test
    void findsARequestThatAStrictProviderWouldRefuse() {
        Observer observer = new Observer(List.of());
        Message calls = new Message(
                Role.ASSISTANT,
                List.of(new Part.ToolCall("call_1", "filesystem.read", Json.MAPPER.createObjectNode())));
        ModelRequest request = new ModelRequest(
                "model", null, List.of(new Message(Role.USER, List.of(new Part.Text("Hi"))), calls), List.of(), null);

        assertThatThrownBy(() -> observer.watch(new ScriptedModel().says("Hi.")).stream(request, delta -> {}))
                .hasMessageContaining("calls [call_1 of filesystem.read], and the next answers []");

        assertFault("a strict provider would refuse a request", () -> observer.check(List.of()));
    }
}
