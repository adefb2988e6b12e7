package dev.dwata.benchmarks.subject;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.Run;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.provider.ConfiguredModels;
import dev.dwata.agent.provider.offline.OfflineModel;
import dev.dwata.agent.store.Store;
import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.persistence.SqliteStore;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.AgentEvent.RunCompleted;
import dev.dwata.types.AgentEvent.Terminal;
import dev.dwata.types.AgentEvent.Token;
import dev.dwata.types.AgentEvent.ToolReturned;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// dwata as it is embedded: a runtime, a session for each run, and the run's events.
final class Dwata implements Subject {
    private final Models models;
    private final @Nullable Path database;
    private @Nullable AgentRuntime runtime;

    /// The arguments of the tool.
    record City(String city) {}

    /// @param database absent: what happens is kept in memory
    Dwata(String baseUrl, @Nullable Path database) {
        Map<String, String> environment = Map.of("OPENAI_BASE_URL", baseUrl, "OPENAI_API_KEY", "none");
        this.models = ConfiguredModels.from(environment, "openai/" + MODEL, new OfflineModel());
        this.database = database;
    }

    /// One that keeps all in memory is started anew for each number of runs, so that what it measures is runs
    /// and not the garbage collector's work on those of minutes ago.
    @Override
    public void open() {
        if (runtime == null) {
            Store store = database == null ? new InMemoryStore() : SqliteStore.open(database);
            runtime = AgentRuntime.builder()
                    .models(models)
                    .store(store)
                    .instructions(INSTRUCTIONS)
                    .tools(List.of(Tool.of(
                            new ToolSpec.Head(TOOL, TOOL_DESCRIPTION, Effect.PURE, Approval.AUTO),
                            City.class,
                            (arguments, context) -> new ToolOutcome.Success(Json.MAPPER
                                    .createObjectNode()
                                    .put("city", arguments.city())
                                    .put("celsius", 11)
                                    .put("sky", "rain")))))
                    .build();
        }
    }

    @Override
    public void close() {
        AgentRuntime open = runtime;
        if (open != null && database == null) {
            open.close();
            runtime = null;
        }
    }

    @Override
    public void run(Seen seen) {
        AgentRuntime open = runtime;
        if (open == null) {
            throw new IllegalStateException("not opened");
        }
        try (Run run = open.createSession().prompt(PROMPT)) {
            for (AgentEvent event : run) {
                if (event instanceof Token) {
                    seen.token();
                } else if (event instanceof ToolReturned) {
                    seen.call();
                } else if (event instanceof Terminal && !(event instanceof RunCompleted)) {
                    throw new IllegalStateException("the run ended with " + event);
                }
            }
        }
    }
}
