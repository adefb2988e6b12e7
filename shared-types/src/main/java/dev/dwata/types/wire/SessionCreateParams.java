package dev.dwata.types.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /api/v1/sessions`. Everything has a default.
///
/// @param userPrompt a first message, for which a run is started
/// @param provider   of the model, where `model` does not name it
/// @param attachments to `userPrompt`, at most 20; absent where there are none
/// @param outputSchema that the answer to `userPrompt` is to follow
public record SessionCreateParams(
        @Nullable String title,
        @Nullable String agentName,
        @Nullable String userPrompt,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String contextType,
        @Nullable String itemId,
        @Nullable String projectId,
        @Nullable JsonNode config,
        @Nullable List<AttachmentParams> attachments,
        @Nullable JsonNode outputSchema) {}
