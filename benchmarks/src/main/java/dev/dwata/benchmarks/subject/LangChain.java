package dev.dwata.benchmarks.subject;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// LangChain4j as its manual has it: an AI service with a tool that answers in a stream.
final class LangChain implements Subject {
    private final Assistant assistant;

    /// What LangChain4j implements.
    interface Assistant {
        @SystemMessage(INSTRUCTIONS)
        TokenStream chat(String message);
    }

    /// The tool.
    static final class Weather {
        @Tool(name = TOOL, value = TOOL_DESCRIPTION)
        public Map<String, Object> weather(@P("city") String city) {
            return Map.of("city", city, "celsius", 11, "sky", "rain");
        }
    }

    LangChain(String baseUrl) {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("none")
                .modelName(MODEL)
                .build();
        assistant = AiServices.builder(Assistant.class)
                .streamingChatModel(model)
                .tools(new Weather())
                .build();
    }

    @Override
    public void run(Seen seen) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        assistant
                .chat(PROMPT)
                .onPartialResponse(piece -> seen.token())
                .onToolExecuted(execution -> seen.call())
                .onCompleteResponse(response -> end.complete(null))
                .onError(end::completeExceptionally)
                .start();
        end.join();
    }
}
