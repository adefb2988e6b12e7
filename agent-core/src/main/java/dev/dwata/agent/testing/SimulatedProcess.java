package dev.dwata.agent.testing;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.EventStream;
import dev.dwata.agent.Prompt;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.testing.CrashSimulation.Recovered;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentException;
import dev.dwata.types.Envelope;
import dev.dwata.types.InputRequest;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One process of a simulation, from its start to the moment when everything is answered.
final class SimulatedProcess implements AutoCloseable {
    private final CrashSimulation scenario;
    private final InMemoryStore store;
    private final List<Envelope> before;
    private final Observer observer;
    private final AgentRuntime runtime;
    private final Session session;
    private final List<Envelope> read = new ArrayList<>();

    /// @param resumed the session that a crash has left in the store; absent: a new one
    SimulatedProcess(CrashSimulation scenario, InMemoryStore store, @Nullable SessionId resumed) {
        this.scenario = scenario;
        this.store = store;
        this.before = resumed == null ? List.of() : store.log().read(resumed, 0, Integer.MAX_VALUE);
        this.observer = new Observer(before);
        this.runtime = AgentRuntime.builder()
                .models(Models.only(new Model("simulated", "model", observer.watch(scenario.model.get()))))
                .tools(scenario.tools.get().stream().map(observer::watch).toList())
                .policy(scenario.policy)
                .limits(scenario.limits)
                .store(store)
                .build();
        this.session = resumed == null ? runtime.createSession() : runtime.session(resumed);
    }

    InMemoryStore store() {
        return store;
    }

    SessionId session() {
        return session.id();
    }

    List<Envelope> log() {
        return store.log().read(session.id(), 0, Integer.MAX_VALUE);
    }

    /// Has everything said and answered, and the invariants checked.
    Recovered live() throws InterruptedException {
        List<Envelope> after;
        try (EventStream reader = session.events(before.size())) {
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < scenario.messages.size(); i++) {
                runs.add(say(scenario.messages.get(i), "message-" + i));
                if (!scenario.atOnce) {
                    awaitEnds(reader, runs);
                }
            }
            awaitEnds(reader, runs);
            after = log();
            check(after, runs);
            if (!before.isEmpty()) {
                runs.add(say(Observer.PROBE, "probe"));
                awaitEnds(reader, runs);
                check(log(), runs);
                require(
                        read.getLast().event() instanceof AgentEvent.RunCompleted,
                        "another message was not answered, but ended in "
                                + read.getLast().event());
            }
        }
        return new Recovered(before, after);
    }

    private RunId say(String message, String key) {
        try (Run run = session.prompt(new Prompt(message, null, null, key, null, Prompt.Origin.EMBEDDED))) {
            return run.id();
        }
    }

    private void awaitEnds(EventStream reader, List<RunId> runs) throws InterruptedException {
        for (RunId run : runs) {
            long deadline = System.nanoTime() + scenario.patience.toNanos();
            while (!isOver(run, before) && !isOver(run, read)) {
                answerWhatIsOpen();
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                Envelope next = left <= 0 ? null : reader.next(scenario.patience);
                require(next != null, "run " + run + " did not end within " + scenario.patience);
                if (next != null && next.seq() > 0) {
                    read.add(next);
                }
            }
        }
    }

    /// What is withdrawn meanwhile needs no answer.
    private void answerWhatIsOpen() {
        if (scenario.person == null) {
            return;
        }
        for (InputRequest request : runtime.inputs(session.id())) {
            try {
                runtime.respond(request.id(), scenario.person.apply(request));
            } catch (AgentException e) {
                if (!(e.error() instanceof AgentError.AlreadyResolved)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOver(RunId run, List<Envelope> entries) {
        return entries.stream()
                .anyMatch(entry -> run.equals(entry.runId()) && entry.event() instanceof AgentEvent.Terminal);
    }

    private void check(List<Envelope> all, List<RunId> runs) throws InterruptedException {
        CrashInvariants invariants = new CrashInvariants(before, all);
        invariants.checkLog();
        invariants.checkRuns(runs);
        invariants.checkToolCalls();
        observer.check(all);
        List<Envelope> union = new ArrayList<>(before);
        union.addAll(read);
        require(union.equals(all), "a reader who came back after entry " + before.size() + " got " + read);
        require(
                replay(before.size() / 2, all.size()).equals(all.subList(before.size() / 2, all.size())),
                "a reader who came back after entry " + before.size() / 2 + " got something else than the log");
    }

    private List<Envelope> replay(int cursor, int head) throws InterruptedException {
        List<Envelope> entries = new ArrayList<>();
        try (EventStream stream = session.events(cursor)) {
            while (cursor + entries.size() < head) {
                Envelope next = stream.next(scenario.patience);
                require(next != null, "a reader who came back after entry " + cursor + " got only " + entries);
                if (next != null && next.seq() > 0) {
                    entries.add(next);
                }
            }
        }
        return entries;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
