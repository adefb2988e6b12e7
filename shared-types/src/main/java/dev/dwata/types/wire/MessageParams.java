package dev.dwata.types.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The body of `POST /api/v1/sessions/{id}/messages`.
///
/// @param attachments at most 20; absent where there are none
/// @param outputSchema JSON Schema of an object, that the answer is to follow; absent: it may be of any form
public record MessageParams(
        String message,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable List<AttachmentParams> attachments,
        @Nullable JsonNode outputSchema) {}
