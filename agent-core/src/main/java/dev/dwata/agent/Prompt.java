package dev.dwata.agent;

import dev.dwata.agent.output.RecordAnswer;
import dev.dwata.agent.store.Attachment;
import dev.dwata.types.ClientType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a session is asked.
///
/// @param agentName      absent: the session's
/// @param model          `provider/name` or an alias, for this run; absent: the session's
/// @param idempotencyKey giving the same key and prompt again returns the same run
/// @param payloadDigest  what makes a prompt the same: a digest of what was sent; absent: of message, agent,
///                       model, session, attachments, output schema
/// @param attachments    URIs of what goes with the message, `attachment:<sha256>`, in their order; at most
///                       [#MOST_ATTACHMENTS]
/// @param outputSchema   JSON Schema, an object's, that the answer is to follow: it is JSON then, and nothing
///                       else; absent: the model may say what it likes
public record Prompt(
        String message,
        @Nullable String agentName,
        @Nullable String model,
        @Nullable String idempotencyKey,
        @Nullable String payloadDigest,
        Origin origin,
        List<String> attachments,
        @Nullable JsonNode outputSchema) {
    public static final int MOST_ATTACHMENTS = 20;

    public Prompt {
        attachments = List.copyOf(attachments);
    }

    /// One of text alone.
    public Prompt(
            String message,
            @Nullable String agentName,
            @Nullable String model,
            @Nullable String idempotencyKey,
            @Nullable String payloadDigest,
            Origin origin) {
        this(message, agentName, model, idempotencyKey, payloadDigest, origin, List.of(), null);
    }

    public static Prompt of(String message) {
        return new Prompt(message, null, null, null, null, Origin.EMBEDDED);
    }

    public Prompt withMessage(String other) {
        return new Prompt(other, agentName, model, idempotencyKey, payloadDigest, origin, attachments, outputSchema);
    }

    public Prompt withModel(@Nullable String model) {
        return new Prompt(message, agentName, model, idempotencyKey, payloadDigest, origin, attachments, outputSchema);
    }

    public Prompt withKey(@Nullable String idempotencyKey) {
        return new Prompt(message, agentName, model, idempotencyKey, payloadDigest, origin, attachments, outputSchema);
    }

    public Prompt from(Origin origin) {
        return new Prompt(message, agentName, model, idempotencyKey, payloadDigest, origin, attachments, outputSchema);
    }

    /// The same with one more attachment, as [AgentRuntime#attach] gives it.
    public Prompt with(Attachment attachment) {
        List<String> more = new ArrayList<>(attachments);
        more.add(attachment.uri());
        return withAttachments(more);
    }

    public Prompt withAttachments(List<String> uris) {
        return new Prompt(message, agentName, model, idempotencyKey, payloadDigest, origin, uris, outputSchema);
    }

    /// The same, to be answered with JSON that follows a schema, of at most 64 KiB and complete in itself.
    public Prompt withOutputSchema(@Nullable JsonNode schema) {
        return new Prompt(message, agentName, model, idempotencyKey, payloadDigest, origin, attachments, schema);
    }

    /// The same, to be answered with a record: see [Session#ask] and [Answer#of].
    public Prompt as(Class<? extends Record> type) {
        return withOutputSchema(RecordAnswer.schema(type));
    }

    /// Where a prompt comes from, so that every client can tell its own messages from others'.
    ///
    /// @param clientId     what the client calls itself across connections
    /// @param connectionId the connection it came over
    /// @param requestId    the client's id of its request
    public record Origin(
            ClientType clientType,
            @Nullable String clientId,
            @Nullable String connectionId,
            @Nullable String requestId) {
        public static final Origin EMBEDDED = new Origin(ClientType.RUNTIME, null, null, null);
        public static final Origin CLI = new Origin(ClientType.CLI, null, null, null);
    }
}
