package dev.dwata.agent.provider.offline;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.Session;
import dev.dwata.agent.model.Model;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.builtin.BuiltInTools;
import dev.dwata.types.AgentEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// A conversation with the offline model: a real runtime, real tools, a real folder.
final class Talking implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-07-15T12:05:00Z"), ZoneId.of("Europe/Berlin"));

    private final AgentRuntime runtime;
    private Session session;
    private List<String> calls = List.of();

    Talking(Path workspace, ToolPolicy policy) {
        InMemoryStore store = new InMemoryStore();
        runtime = AgentRuntime.builder()
                .model(new Model("offline", "offline", new OfflineModel(CLOCK)))
                .tools(BuiltInTools.forWorkspace(workspace, store))
                .policy(policy)
                .store(store)
                .build();
        session = runtime.createSession();
    }

    /// The answer, without the note at the end of the first one.
    String ask(String message) {
        return answer(message).replace("\n\n" + Introduction.NOTE, "");
    }

    /// The answer, whole.
    String answer(String message) {
        List<String> made = new ArrayList<>();
        calls = made;
        try (Run run = session.prompt(message)) {
            for (AgentEvent event : run) {
                if (event instanceof AgentEvent.ToolCalled called) {
                    made.add(called.toolName() + " " + called.arguments());
                } else if (event instanceof AgentEvent.RunCompleted done) {
                    return done.content();
                } else if (event instanceof AgentEvent.Terminal end) {
                    throw new AssertionError("the run ended with " + end);
                }
            }
        }
        throw new AssertionError("the run did not end");
    }

    /// The calls of the latest run, in order: the name and the arguments.
    List<String> calls() {
        return calls;
    }

    void newSession() {
        session = runtime.createSession();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
