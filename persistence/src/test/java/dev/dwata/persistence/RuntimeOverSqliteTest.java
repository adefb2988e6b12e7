package dev.dwata.persistence;

import dev.dwata.agent.AgentRuntime;
import dev.dwata.agent.model.Models;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.testing.AgentRuntimeContract;
import dev.dwata.agent.tool.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class RuntimeOverSqliteTest extends AgentRuntimeContract {
    @TempDir
    Path folder;

    @Override
    protected AgentRuntime start(Models models, List<Tool> tools) {
        return AgentRuntime.builder()
                .models(models)
                .tools(tools)
                .store(SqliteStore.open(folder.resolve("db.sqlite3")))
                .policy(ToolPolicy.allowAll())
                .build();
    }
}
