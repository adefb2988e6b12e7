package dev.dwata.cli.approval;

import dev.dwata.agent.observe.Outcome;
import dev.dwata.agent.observe.Scope;
import dev.dwata.agent.policy.ToolPolicy;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolSpec;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/// Lets a person decide what needs one, one question at a time, each after its call has been shown.
public final class AskingPolicy implements ToolPolicy {
    private final Approver approver;
    private final ShownCalls shown;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    public AskingPolicy(Approver approver, ShownCalls shown) {
        this.approver = approver;
        this.shown = shown;
    }

    @Override
    public Decision decide(ToolSpec tool, JsonNode arguments, ToolContext context) throws InterruptedException {
        return switch (tool.approval()) {
            case AUTO, NOTIFY -> new Decision.Allowed();
            case CONFIRM -> {
                shown.await(context.toolCallId());
                try (Scope waiting = context.scope().awaitInput("approval")) {
                    Decision decision = ask(tool, arguments);
                    waiting.end(new Outcome.Done());
                    yield decision;
                }
            }
        };
    }

    private Decision ask(ToolSpec tool, JsonNode arguments) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            return approver.ask(tool, arguments);
        } finally {
            oneAtATime.unlock();
        }
    }
}
