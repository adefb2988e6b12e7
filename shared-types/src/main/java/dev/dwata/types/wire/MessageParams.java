package dev.dwata.types.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/sessions/{id}/messages`.
///
/// @param attachments at most 20; absent where there are none
public record MessageParams(
        String message,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable List<AttachmentParams> attachments) {}
