package dev.dwata.agent.provider.live;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Over Chat Completions.
@EnabledIfEnvironmentVariable(named = "DWATA_LIVE", matches = "true")
@EnabledIfEnvironmentVariable(named = "OPENROUTER_API_KEY", matches = ".+")
class OpenRouterIT extends LiveConversation {
    @Override
    String model() {
        return "openrouter/openai/gpt-4o";
    }
}
