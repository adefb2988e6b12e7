package dev.dwata.gateway.metrics;

import dev.dwata.agent.store.SessionLog;
import dev.dwata.types.AgentEvent;
import dev.dwata.types.Envelope;
import dev.dwata.types.RunStatus;
import dev.dwata.types.TokenUsage;
import java.util.List;

/// Counts what is committed by this process: whatever a run does is in its log, whoever asked for it.
final class LogMeter implements SessionLog.CommitListener {
    private final Counter commits = new Counter("dwata_store_commits_total", "Commits of the store.");
    private final Counter entries = new Counter("dwata_store_entries_total", "Entries of logs that were committed.");
    private final Counter messages = new Counter("dwata_messages_total", "Messages that were taken.");
    private final Counter runs = new Counter("dwata_runs_total", "Runs that are over.", "status");
    private final Counter turns =
            new Counter("dwata_model_calls_total", "Calls of models that have answered.", "model");
    private final Counter tokens =
            new Counter("dwata_model_tokens_total", "Tokens of answered calls of models.", "model", "kind");
    private final Counter cost =
            new Counter("dwata_model_cost_usd_total", "Cost of calls of models, where the price is known.", "model");
    private final Counter tools = new Counter("dwata_tool_calls_total", "Tool calls that are over.", "tool", "success");
    private final Counter toolTime =
            new Counter("dwata_tool_seconds_total", "Time that tool calls have taken.", "tool");

    @Override
    public void committed(List<Envelope> batch) {
        commits.add(1);
        entries.add(batch.size());
        for (Envelope entry : batch) {
            count(entry.event());
        }
    }

    private void count(AgentEvent event) {
        if (event instanceof AgentEvent.MessageReceived) {
            messages.add(1);
        } else if (event instanceof AgentEvent.TurnCompleted turn) {
            count(turn.model(), turn.usage());
        } else if (event instanceof AgentEvent.ToolReturned tool) {
            tools.add(1, tool.toolName(), Boolean.toString(tool.success()));
            toolTime.add(tool.executionTimeMs() / 1_000.0, tool.toolName());
        } else if (event instanceof AgentEvent.RunCompleted) {
            runs.add(1, RunStatus.COMPLETED.wireName());
        } else if (event instanceof AgentEvent.RunFailed) {
            runs.add(1, RunStatus.FAILED.wireName());
        } else if (event instanceof AgentEvent.RunCancelled) {
            runs.add(1, RunStatus.CANCELLED.wireName());
        }
    }

    private void count(String model, TokenUsage usage) {
        turns.add(1, model);
        tokens.add((double) usage.inputTokens(), model, "input");
        tokens.add((double) usage.outputTokens(), model, "output");
        tokens.add((double) usage.cachedTokens(), model, "cached");
        if (usage.costUsd() != null) {
            cost.add(usage.costUsd(), model);
        }
    }

    void write(Exposition out) {
        List.of(commits, entries, messages, runs, turns, tokens, cost, tools, toolTime)
                .forEach(counter -> counter.write(out));
    }
}
