package dev.dwata.gateway.openai;

import dev.dwata.types.wire.AttachmentParams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of a request.
///
/// @param text    what it says; empty where it says nothing
/// @param images  that go with it
/// @param calls   the ids of the tool calls that an assistant's message makes
/// @param answers the id of the call that a tool's message answers; absent in all others
record ChatMessage(
        Role role,
        String text,
        List<AttachmentParams> images,
        List<String> calls,
        @Nullable String answers) {
    enum Role {
        /// `system` and `developer`.
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    ChatMessage {
        images = List.copyOf(images);
        calls = List.copyOf(calls);
    }
}
