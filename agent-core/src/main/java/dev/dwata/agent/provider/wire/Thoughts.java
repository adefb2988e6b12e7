package dev.dwata.agent.provider.wire;

import dev.dwata.types.Message;
import dev.dwata.types.Part;
import dev.dwata.types.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose thinking is whose. A conversation may go from one provider to another, and each refuses what another
/// signed; so a signature says which provider it is for, except Anthropic's, which are base64 as they came.
public final class Thoughts {
    private Thoughts() {}

    /// What [Part.Reasoning] keeps of a signature.
    ///
    /// @param owner a word without a colon
    public static String sign(String owner, String signature) {
        return owner + ":" + signature;
    }

    /// The signature as the provider gave it; absent if the thought is not signed, or by another provider.
    public static @Nullable String signature(Part.Reasoning thought, String owner) {
        String signature = thought.signature();
        return signature != null && signature.startsWith(owner + ":") ? signature.substring(owner.length() + 1) : null;
    }

    /// The index of the user's message that the model is answering. What a user says between a tool's result
    /// and the reply to that belongs to the turn under way.
    public static int turnStart(List<Message> messages) {
        for (int i = messages.size() - 1; i > 0; i--) {
            if (messages.get(i).role() == Role.USER && messages.get(i - 1).role() != Role.TOOL) {
                return i;
            }
        }
        return 0;
    }
}
