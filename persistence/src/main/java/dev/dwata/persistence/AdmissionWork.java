package dev.dwata.persistence;

import dev.dwata.agent.store.Admission;
import dev.dwata.agent.store.Admitted;
import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.CleanText;
import dev.dwata.agent.store.IdempotencyKey;
import dev.dwata.agent.store.Refusal;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.EventCodec;
import dev.dwata.types.Json;
import dev.dwata.types.RunInfo;
import dev.dwata.types.RunStatus;
import dev.dwata.types.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes one run in. Everything is checked before anything is written.
///
/// @param message  clean
/// @param payload  the message's
/// @param instance that answers for the run
record AdmissionWork(Admission admission, MessageReceived message, String payload, String instance) {

    static AdmissionWork of(Admission admission, String instance) {
        MessageReceived message = CleanText.of(admission.message());
        return new AdmissionWork(admission, message, EventCodec.payload(message), instance);
    }

    Admitted doIn(Transaction transaction) {
        Optional<RunInfo> earlier = earlier(transaction.handle);
        if (earlier.isPresent()) {
            return new Admitted(earlier.get(), true, 0);
        }
        checkIds(transaction.handle);
        List<String> attached = Attachment.idsIn(message.message().parts());
        checkAttachments(transaction.handle, attached);
        Instant now = transaction.now();
        OpenSession session = admission.newSession() == null
                ? transaction.session(admission.owner(), admission.session())
                : transaction.create(admission.session(), admission.owner(), CleanText.of(admission.newSession()), now);
        int ahead = ahead(transaction.handle, session);
        RunInfo queued = queued(session, parent(transaction.handle, session), now);
        RunRows.insert(transaction.handle, queued, session, instance);
        OpenRun run = transaction.run(session, admission.run());
        keepSchema(transaction.handle, run);
        transaction.append(session, run, message, payload, now);
        keep(transaction.handle, run, now);
        attached.forEach(id -> transaction.handle.execute(
                "INSERT OR IGNORE INTO attachment_uses (session_id, owner, attachment) VALUES (?, ?, ?)",
                session.key,
                admission.owner().id(),
                id));
        return new Admitted(queued, false, ahead);
    }

    private static int ahead(Handle handle, OpenSession session) {
        return handle.createQuery("""
                        SELECT count(*) FROM agent_runs
                        WHERE session_id = ? AND ended_at IS NULL AND is_parked = 0""")
                .bind(0, session.key)
                .map((row, context) -> row.getInt(1))
                .one();
    }

    private Optional<RunInfo> earlier(Handle handle) {
        IdempotencyKey key = admission.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT i.payload_digest, " + Rows.RUN + """
                         FROM idempotency i JOIN agent_runs r ON r.id = i.run_id JOIN sessions s ON s.id = r.session_id
                        WHERE i.owner = :owner AND i.method = :method AND i.key = :key""")
                .bind("owner", admission.owner().id())
                .bind("method", key.method())
                .bind("key", key.key())
                .map((row, context) -> {
                    if (!row.getString("payload_digest").equals(key.payloadDigest())) {
                        throw Refusal.keyUsed(key);
                    }
                    return Rows.run(row);
                })
                .findOne();
    }

    private void checkIds(Handle handle) {
        if (exists(
                handle,
                "SELECT 1 FROM agent_runs WHERE public_id = ?",
                admission.run().value())) {
            throw Refusal.runExists(admission.run());
        }
        if (exists(
                handle,
                "SELECT 1 FROM agent_messages WHERE public_id = ?",
                message.messageId().value())) {
            throw Refusal.messageExists(message.messageId());
        }
    }

    private void checkAttachments(Handle handle, List<String> ids) {
        for (String id : ids) {
            boolean there = handle.createQuery("SELECT 1 FROM attachments WHERE owner = ? AND id = ?")
                    .bind(0, admission.owner().id())
                    .bind(1, id)
                    .map((row, context) -> true)
                    .findOne()
                    .isPresent();
            if (!there) {
                throw Refusal.noAttachment(id);
            }
        }
    }

    private static boolean exists(Handle handle, String query, String id) {
        return handle.createQuery(query)
                .bind(0, id)
                .map((row, context) -> true)
                .findOne()
                .isPresent();
    }

    /// The run that the session was made by, unless that is over.
    private static @Nullable RunInfo parent(Handle handle, OpenSession session) {
        return handle.createQuery("SELECT " + Rows.RUN + """
                         FROM sessions made JOIN agent_runs r ON r.public_id = made.parent_run
                        JOIN sessions s ON s.id = r.session_id
                        WHERE made.id = ? AND r.ended_at IS NULL""")
                .bind(0, session.key)
                .map((row, context) -> Rows.run(row))
                .findOne()
                .orElse(null);
    }

    private RunInfo queued(OpenSession session, @Nullable RunInfo parent, Instant now) {
        return new RunInfo(
                admission.run(),
                session.id,
                session.owner,
                RunStatus.QUEUED,
                session.head + 1,
                message.content(),
                CleanText.of(admission.agentName()),
                CleanText.ofNullable(admission.model()),
                now,
                null,
                null,
                null,
                TokenUsage.ZERO,
                0,
                parent == null ? null : parent.id(),
                parent == null ? admission.run() : parent.rootRunId(),
                parent == null ? 0 : parent.depth() + 1);
    }

    private void keepSchema(Handle handle, OpenRun run) {
        JsonNode schema = admission.outputSchema();
        if (schema != null) {
            handle.execute(
                    "UPDATE agent_runs SET output_schema = ? WHERE id = ?",
                    Json.MAPPER.writeValueAsString(CleanText.of(schema)),
                    run.key);
        }
    }

    private void keep(Handle handle, OpenRun run, Instant now) {
        IdempotencyKey key = admission.idempotencyKey();
        if (key != null) {
            handle.execute(
                    "INSERT INTO idempotency (owner, method, key, payload_digest, run_id, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                    admission.owner().id(),
                    key.method(),
                    key.key(),
                    key.payloadDigest(),
                    run.key,
                    now.toEpochMilli());
        }
    }
}
