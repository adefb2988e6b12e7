package dev.dwata.agent.provider.live;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "DWATA_LIVE", matches = "true")
@EnabledIfEnvironmentVariable(named = "ANTHROPIC_API_KEY", matches = ".+")
class AnthropicIT extends LiveConversation {
    @Override
    String model() {
        return "anthropic/claude-haiku-5-5";
    }
}
