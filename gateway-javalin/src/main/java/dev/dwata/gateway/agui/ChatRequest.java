package dev.dwata.gateway.agui;

import dev.dwata.agent.ClientTools.Offer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client asks of a thread.
///
/// @param threadId absent: a new session
/// @param runId    absent: one is made up
/// @param asked    the message that is new; absent where the last one is none of a user
/// @param results  what tools of the client's have returned since the last answer
/// @param resume   answers to interrupts
/// @param tools    what the client carries out itself
/// @param context  what the model is to know besides; absent where there is nothing
/// @param wishes   how it is to be carried out
record ChatRequest(
        @Nullable String threadId,
        @Nullable String runId,
        @Nullable String parentRunId,
        @Nullable MessageContent asked,
        List<ToolResult> results,
        List<ResumeEntry> resume,
        List<Offer> tools,
        @Nullable String context,
        Wishes wishes) {

    /// A message of the role `tool`.
    ///
    /// @param error absent where it went well
    record ToolResult(
            String toolCallId, JsonNode content, @Nullable String error) {}

    /// @param status `resolved` or `cancelled`
    record ResumeEntry(
            String interruptId, String status, @Nullable JsonNode payload) {}

    /// @param contextType what a new session is about
    /// @param itemId      likewise
    /// @param documentId  likewise; it may be an item, or something that only the client has
    /// @param clientId    what the client calls itself, or the agent that speaks through it
    record Wishes(
            @Nullable String agentName,
            @Nullable String model,
            @Nullable String title,
            @Nullable String contextType,
            @Nullable String itemId,
            @Nullable String projectId,
            @Nullable String documentId,
            @Nullable String clientId) {}
}
