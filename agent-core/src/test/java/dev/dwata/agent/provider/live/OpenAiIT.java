package dev.dwata.agent.provider.live;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Over Responses, unless `OPENAI_BASE_URL` names a server of one's own.
@EnabledIfEnvironmentVariable(named = "DWATA_LIVE", matches = "true")
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiIT extends LiveConversation {
    @Override
    String model() {
        return "openai/gpt-5.1";
    }
}
