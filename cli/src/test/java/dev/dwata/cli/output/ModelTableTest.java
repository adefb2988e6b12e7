package dev.dwata.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.types.Json;
import org.junit.jupiter.api.Test;

class ModelTableTest {
    @Test
    void putsModelsInColumns() {
        Captured captured = new Captured();
        new ModelTable(captured.streams("").out()).print(Json.MAPPER.readTree("""
                                [{"id": "anthropic/claude-opus-5-5", "state": "ready", "contextWindow": 1000000,
                                  "maxOutputTokens": 128000, "prices": {"input": 4.0, "output": 20.0},
                                  "aliases": ["claude-opus"]},
                                 {"id": "openai/gpt-6", "state": "not_configured", "missing": "OPENAI_API_KEY is not set",
                                  "contextWindow": 1050000,
                                  "prices": {"input": 0.075, "output": 10.0, "above": 272000}, "aliases": []},
                                 {"id": "ollama/gpt-oss", "state": "ready", "prices": {"input": 0, "output": 0}}]
                                """));
        assertThat(captured.out()).isEqualTo("""
                        MODEL                                    WINDOW  OUTPUT  $ IN / OUT                    STATE
                        anthropic/claude-opus-5-5 (claude-opus)      1M    128k  4 / 20                        ready
                        openai/gpt-6                              1.05M          0.075 / 10 (more above 272k)  OPENAI_API_KEY is not set
                        ollama/gpt-oss                                           free                          ready
                        """);
    }
}
