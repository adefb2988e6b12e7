package dev.dwata.persistence;

import dev.dwata.types.RunInfo;
import org.jdbi.v3.core.Handle;

/// Writes rows of runs.
final class RunRows {
    private RunRows() {}

    static void insert(Handle handle, RunInfo run, OpenSession session, String instance) {
        handle.createUpdate("""
                        INSERT INTO agent_runs
                          (public_id, session_id, owner, instance_id, status, admitted_seq, request, agent_name, model,
                           created_at, started_at, parent_run, root_run, depth)
                        VALUES (:id, :session, :owner, :instance, :status, :seq, :request, :agent, :model, :time, :started,
                                :parent, :root, :depth)""")
                .bind("id", run.id().value())
                .bind("session", session.key)
                .bind("owner", run.owner().id())
                .bind("instance", instance)
                .bind("status", run.status().wireName())
                .bind("seq", run.admittedSeq())
                .bind("request", run.message())
                .bind("agent", run.agentName())
                .bind("model", run.model())
                .bind("time", run.createdAt().toEpochMilli())
                .bind(
                        "started",
                        run.startedAt() == null
                                ? null
                                : Long.valueOf(run.startedAt().toEpochMilli()))
                .bind(
                        "parent",
                        run.parentRunId() == null ? null : run.parentRunId().value())
                .bind(
                        "root",
                        run.rootRunId().equals(run.id())
                                ? null
                                : run.rootRunId().value())
                .bind("depth", run.depth())
                .execute();
    }
}
