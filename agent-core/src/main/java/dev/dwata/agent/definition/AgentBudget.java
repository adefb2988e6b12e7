package dev.dwata.agent.definition;

import org.jspecify.annotations.Nullable;

/// What one run of an agent may use up, together with those it starts. Each absent where nothing is said.
///
/// @param usd       dollars of the United States
/// @param tokens    input and output
/// @param toolCalls of all tools
/// @param seconds   from its start, waiting included
public record AgentBudget(
        @Nullable Double usd,
        @Nullable Long tokens,
        @Nullable Long toolCalls,
        @Nullable Long seconds) {
    public static final AgentBudget NONE = new AgentBudget(null, null, null, null);

    public AgentBudget {
        if (usd != null && !(usd >= 0 && usd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("usd must be 0 or more, not " + usd);
        }
        require("tokens", tokens);
        require("toolCalls", toolCalls);
        require("seconds", seconds);
    }

    private static void require(String name, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, not " + value);
        }
    }
}
