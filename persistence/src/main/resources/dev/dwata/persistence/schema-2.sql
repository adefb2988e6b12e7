-- The stores that are open, so that one which stands still is told from one which works: `beat` is counted up
-- by a store that carries out runs.
CREATE TABLE instances (
  id TEXT PRIMARY KEY,
  beat INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- epoch: counted up with every claim on the run; what is written under an older one is refused.
-- is_parked: cut off, and waiting for somebody to have it resumed; later runs of the session do not wait for it.
-- is_compacted: its deltas have been merged.
ALTER TABLE agent_runs ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent_runs ADD COLUMN is_parked INTEGER NOT NULL DEFAULT 0 CHECK (is_parked IN (0, 1));
ALTER TABLE agent_runs ADD COLUMN is_compacted INTEGER NOT NULL DEFAULT 0 CHECK (is_compacted IN (0, 1));
CREATE INDEX idx_agent_runs_unfinished ON agent_runs (session_id) WHERE ended_at IS NULL;
CREATE INDEX idx_agent_runs_uncompacted ON agent_runs (ended_at) WHERE ended_at IS NOT NULL AND is_compacted = 0;

-- first_seq: for an entry that several were merged into, the number of the first; absent for all others.
ALTER TABLE session_log ADD COLUMN first_seq INTEGER CHECK (first_seq BETWEEN 1 AND seq);
