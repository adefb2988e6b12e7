package dev.dwata.gateway.command;

import dev.dwata.gateway.api.StatusOperations;
import dev.dwata.types.TokenUsage;
import dev.dwata.types.wire.StatusPayload;
import java.util.Locale;

/// Tells how the session and the gateway are.
record StatusCommand(StatusOperations operations) implements Command {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public String usage() {
        return "/status";
    }

    @Override
    public String summary() {
        return "show model, tokens, queue and what runs";
    }

    @Override
    public CommandReply run(CommandCall call) {
        StatusPayload status = operations.status(call.caller(), call.session());
        StringBuilder text = new StringBuilder();
        if (status.session() == null) {
            text.append("You are in no session yet.\n");
        } else {
            append(text, status.session());
        }
        StatusPayload.Gateway gateway = status.gateway();
        text.append("Gateway: version ").append(gateway.version());
        text.append(", up ").append(gateway.uptime()).append(" s, ");
        text.append(gateway.activeConnections()).append(" connections, ");
        text.append(gateway.activeSessions()).append(" active sessions");
        return CommandReply.of(text.toString(), call.session(), status);
    }

    private static String cost(TokenUsage usage) {
        return usage.costUsd() == null ? "" : String.format(Locale.ROOT, ", %.4f US dollars", usage.costUsd());
    }

    private static void append(StringBuilder text, StatusPayload.Session session) {
        text.append("Session: ")
                .append(session.view().title())
                .append(" (")
                .append(session.id())
                .append(")\n");
        text.append("Agent: ").append(session.view().agentName()).append('\n');
        text.append("Model: ").append(session.model()).append('\n');
        text.append("Messages: ").append(session.messageCount()).append('\n');
        text.append("Tokens: ")
                .append(session.tokens())
                .append(cost(session.usage()))
                .append('\n');
        text.append("Running: ").append(session.activeRun() == null ? "nothing" : session.activeRun());
        text.append('\n').append("Queued: ").append(session.queuedRequests()).append('\n');
        if (session.pendingInputs() > 0) {
            text.append("Waiting for an answer: ")
                    .append(session.pendingInputs())
                    .append('\n');
        }
    }
}
