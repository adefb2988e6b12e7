package dev.dwata.agent.provider.live;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "DWATA_LIVE", matches = "true")
@EnabledIfEnvironmentVariable(named = "GEMINI_API_KEY", matches = ".+")
class GeminiIT extends LiveConversation {
    @Override
    String model() {
        return "gemini/gemini-3.8-flash";
    }
}
