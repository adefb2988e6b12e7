package dev.dwata.agent;

import dev.dwata.agent.output.AnswerSchema;
import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.NewSession;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.AgentException;
import dev.dwata.types.MessageId;
import dev.dwata.types.Part;
import dev.dwata.types.Principal;
import dev.dwata.types.Role;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes of a prompt what is stored for it.
final class Admissions {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private Admissions() {}

    static Admission of(
            Principal owner,
            SessionId session,
            @Nullable NewSession wanted,
            String agent,
            @Nullable String model,
            Prompt prompt) {
        if (prompt.message().isBlank()) {
            throw new AgentException(new AgentError.InvalidRequest("message must not be empty"));
        }
        if (prompt.message().getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE_BYTES) {
            throw new AgentException(new AgentError.TooLarge("message must be at most 1 MiB in UTF-8"));
        }
        Prompt.Origin origin = prompt.origin();
        MessageReceived message = new MessageReceived(
                MessageId.create(),
                Role.USER,
                prompt.message(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                origin.clientType(),
                origin.clientId(),
                origin.connectionId());
        return new Admission(
                owner, session, wanted, RunId.create(), message, agent, model, key(session, wanted, prompt));
    }

    /// The admission with what the prompt refers to, as its owner has it, and with the form of the answer.
    static Admission completed(Admission admission, Prompt prompt, Attachments store) {
        if (prompt.attachments().size() > Prompt.MOST_ATTACHMENTS) {
            throw new AgentException(new AgentError.TooLarge("a message has at most " + Prompt.MOST_ATTACHMENTS
                    + " attachments, not " + prompt.attachments().size()));
        }
        List<Part> parts = new ArrayList<>();
        for (String uri : prompt.attachments()) {
            if (!Attachment.isUri(uri)) {
                throw new AgentException(new AgentError.InvalidRequest(
                        "the URI of an attachment must be attachment:<sha256>, not '" + uri + "'"));
            }
            String id = Attachment.idOf(uri);
            parts.add(store.find(admission.owner(), id)
                    .orElseThrow(() -> Refusal.noAttachment(id))
                    .part());
        }
        JsonNode schema = prompt.outputSchema();
        return admission
                .with(admission.message().withAttachments(parts))
                .withOutputSchema(
                        schema == null ? null : AnswerSchema.of(schema).json());
    }

    private static @Nullable IdempotencyKey key(SessionId session, @Nullable NewSession wanted, Prompt prompt) {
        if (prompt.idempotencyKey() == null) {
            return null;
        }
        String digest = prompt.payloadDigest();
        if (digest == null) {
            String where = wanted == null ? session.value() : null;
            digest = prompt.attachments().isEmpty() && prompt.outputSchema() == null
                    ? digest(prompt.message(), prompt.agentName(), prompt.model(), where)
                    : digest(
                            prompt.message(),
                            prompt.agentName(),
                            prompt.model(),
                            where,
                            String.join(" ", prompt.attachments()),
                            prompt.outputSchema() == null
                                    ? null
                                    : prompt.outputSchema().toString());
        }
        try {
            return new IdempotencyKey("agent", prompt.idempotencyKey(), digest);
        } catch (IllegalArgumentException e) {
            throw new AgentException(new AgentError.InvalidRequest(String.valueOf(e.getMessage())), e);
        }
    }

    /// A digest of some values, of which each may be absent.
    static String digest(@Nullable String... values) {
        try {
            byte[] bytes = Arrays.deepToString(values).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
