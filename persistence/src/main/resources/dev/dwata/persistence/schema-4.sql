-- What runs wait for. asked: the event that asks; resolution: the one that answers; both JSON, and both absent or
-- there with their times.
CREATE TABLE input_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('approval', 'question', 'client_tool')),
  tool_call_id TEXT NOT NULL,
  asked TEXT NOT NULL CHECK (json_valid(asked)),
  seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolution TEXT CHECK (resolution IS NULL OR json_valid(resolution)),
  CHECK ((resolved_at IS NULL) = (resolution IS NULL))
) STRICT;
CREATE INDEX idx_input_requests_session ON input_requests (session_id);
CREATE INDEX idx_input_requests_run ON input_requests (run_id);
CREATE INDEX idx_input_requests_open ON input_requests (owner) WHERE resolved_at IS NULL;

-- What answers of "always" have made. They outlive the sessions that they were made in.
CREATE TABLE policy_rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  rule TEXT NOT NULL CHECK (json_valid(rule)),
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX idx_policy_rules_owner ON policy_rules (owner) WHERE revoked_at IS NULL;

-- Outlives what it tells of, so it refers to it by public id. hash: over the line and the hash of the one before;
-- absent in lines of before there was one.
ALTER TABLE audit RENAME TO audit_before;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  owner TEXT NOT NULL,
  session TEXT NOT NULL,
  run TEXT NOT NULL,
  tool_call_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN
    ('allow', 'ask', 'deny', 'approve', 'edit', 'always', 'reject', 'answered', 'expired', 'started', 'completed',
     'failed', 'cancelled', 'rejected')),
  rule TEXT,
  policy TEXT,
  digest TEXT,
  principal TEXT NOT NULL,
  reason TEXT,
  execution_time_ms INTEGER,
  hash TEXT
) STRICT;
INSERT INTO audit (id, time, owner, session, run, tool_call_id, tool_name, what, principal, execution_time_ms)
  SELECT id, time, owner, session, run, tool_call_id, tool_name, outcome, owner, execution_time_ms
  FROM audit_before ORDER BY id;
DROP TABLE audit_before;
CREATE INDEX idx_audit_owner ON audit (owner);
CREATE INDEX idx_audit_call ON audit (tool_call_id);

-- The programs that were started, and by which store. pid and started_at: absent while it is being started.
CREATE TABLE children (
  marker TEXT PRIMARY KEY,
  instance TEXT NOT NULL,
  program TEXT NOT NULL,
  pid INTEGER,
  started_at INTEGER,
  CHECK ((pid IS NULL) = (started_at IS NULL))
) STRICT, WITHOUT ROWID;

ALTER TABLE active_processes RENAME TO processes_before;
CREATE TABLE active_processes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  tool_call_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'executing' CHECK (status IN ('pending', 'awaiting_approval', 'executing')),
  progress REAL CHECK (progress BETWEEN 0 AND 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (run_id, tool_call_id)
) STRICT;
INSERT INTO active_processes
    (id, public_id, run_id, tool_call_id, tool_name, status, progress, created_at, updated_at)
  SELECT id, lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
           || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    run_id, tool_call_id, tool_name, status, progress, created_at, updated_at
  FROM processes_before ORDER BY id;
DROP TABLE processes_before;

-- Whether a tool was used, in a session and in those that are bound to it by their runs.
CREATE INDEX idx_agent_runs_root ON agent_runs (root_run, session_id) WHERE root_run IS NOT NULL;
CREATE INDEX idx_agent_tool_calls_used ON agent_tool_calls (session_id, tool_name) WHERE status = 'completed';

-- Whether models are told a fact before a conversation; and words to search facts by, as those of messages.
ALTER TABLE memory ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
CREATE INDEX idx_memory_pinned ON memory (owner, coalesce(session_id, 0), updated_at) WHERE pinned = 1;
CREATE VIRTUAL TABLE memory_words USING fts5 (owner, key, value, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
INSERT INTO memory_words (rowid, owner, key, value) SELECT id, 'o' || lower(hex(owner)), key, value FROM memory;

CREATE TRIGGER fact_added AFTER INSERT ON memory BEGIN
  INSERT INTO memory_words (rowid, owner, key, value)
    VALUES (new.id, 'o' || lower(hex(new.owner)), new.key, new.value);
END;
CREATE TRIGGER fact_changed AFTER UPDATE OF value ON memory WHEN old.value <> new.value BEGIN
  DELETE FROM memory_words WHERE rowid = old.id;
  INSERT INTO memory_words (rowid, owner, key, value)
    VALUES (new.id, 'o' || lower(hex(new.owner)), new.key, new.value);
END;
CREATE TRIGGER fact_removed AFTER DELETE ON memory BEGIN
  DELETE FROM memory_words WHERE rowid = old.id;
END;
