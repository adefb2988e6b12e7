-- parent_run: the public id of the run that made this session for a task of its own; such a session is in no
-- list. summary and what follows: the latest compaction. Of the messages, a model is shown the summary, those of
-- the run that was admitted at kept_run_seq from kept_seq on, and those of all runs admitted after it.
ALTER TABLE sessions ADD COLUMN parent_run TEXT;
ALTER TABLE sessions ADD COLUMN summary TEXT;
ALTER TABLE sessions ADD COLUMN summary_facts TEXT CHECK (summary_facts IS NULL OR json_valid(summary_facts));
ALTER TABLE sessions ADD COLUMN kept_run_seq INTEGER;
ALTER TABLE sessions ADD COLUMN kept_seq INTEGER;
DROP INDEX idx_sessions_updated_at;
CREATE INDEX idx_sessions_updated_at ON sessions (owner, updated_at, public_id, status, parent_run)
  WHERE parent_run IS NULL;
CREATE INDEX idx_sessions_parent ON sessions (parent_run) WHERE parent_run IS NOT NULL;

-- root_run: the public id of the run that stands at the beginning of those that made each other; absent: itself.
-- output_schema: what the answer is to follow; absent: it may be of any form. under_way_since: absent while it is not carried out.
ALTER TABLE agent_runs ADD COLUMN parent_run TEXT;
ALTER TABLE agent_runs ADD COLUMN root_run TEXT;
ALTER TABLE agent_runs ADD COLUMN depth INTEGER NOT NULL DEFAULT 0 CHECK (depth >= 0);
ALTER TABLE agent_runs ADD COLUMN cache_write_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent_runs ADD COLUMN under_way_since INTEGER;
ALTER TABLE agent_runs ADD COLUMN output_schema TEXT CHECK (output_schema IS NULL OR json_valid(output_schema));
CREATE INDEX idx_agent_runs_admitted ON agent_runs (session_id, admitted_seq);
CREATE INDEX idx_agent_runs_owner ON agent_runs (owner, created_at);

-- context_tokens: what the provider counted for the whole conversation up to and with this message.
ALTER TABLE agent_messages ADD COLUMN context_tokens INTEGER;
DROP INDEX idx_agent_messages_run;
CREATE INDEX idx_agent_messages_run ON agent_messages (run_id, seq, role);

-- day: in UTC, as 2026-11-21. They outlive the sessions that they were used in.
CREATE TABLE usage_daily (
  owner TEXT NOT NULL,
  day TEXT NOT NULL,
  model TEXT NOT NULL,
  calls INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  cost_usd REAL,
  PRIMARY KEY (owner, day, model)
) STRICT, WITHOUT ROWID;

-- What was used of budgets. key: of a run the id of its root, of a session that of the root's, an owner, or an
-- owner and a day.
CREATE TABLE spending (
  scope TEXT NOT NULL CHECK (scope IN ('run', 'session', 'owner', 'day')),
  key TEXT NOT NULL,
  tokens INTEGER NOT NULL DEFAULT 0,
  micro_usd INTEGER NOT NULL DEFAULT 0,
  tool_calls INTEGER NOT NULL DEFAULT 0,
  millis INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

-- What is about to be used. call: the id of a tool call; empty for a call of a model.
CREATE TABLE reservations (
  run TEXT NOT NULL,
  call TEXT NOT NULL,
  root_run TEXT NOT NULL,
  session TEXT NOT NULL,
  owner TEXT NOT NULL,
  day TEXT NOT NULL,
  tokens INTEGER NOT NULL,
  micro_usd INTEGER NOT NULL,
  tool_calls INTEGER NOT NULL,
  PRIMARY KEY (run, call)
) STRICT, WITHOUT ROWID;

-- What messages refer to. id: SHA-256 of the bytes, which are in the folder attachments beside the database, each
-- once, whoever owns them.
CREATE TABLE attachments (
  owner TEXT NOT NULL,
  id TEXT NOT NULL CHECK (length(id) = 64),
  size INTEGER NOT NULL CHECK (size > 0),
  media_type TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_attachments_id ON attachments (id);
CREATE TABLE attachment_uses (
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  owner TEXT NOT NULL,
  attachment TEXT NOT NULL,
  PRIMARY KEY (session_id, attachment)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_attachment_uses_attachment ON attachment_uses (owner, attachment);

-- Files that nobody owns any more and that are to be deleted.
CREATE TABLE attachments_unowned (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER attachment_unused AFTER DELETE ON attachment_uses
WHEN NOT EXISTS (SELECT 1 FROM attachment_uses WHERE owner = old.owner AND attachment = old.attachment)
BEGIN
  DELETE FROM attachments WHERE owner = old.owner AND id = old.attachment;
END;
CREATE TRIGGER attachment_unowned AFTER DELETE ON attachments
WHEN NOT EXISTS (SELECT 1 FROM attachments WHERE id = old.id)
BEGIN
  INSERT OR IGNORE INTO attachments_unowned (id) VALUES (old.id);
END;

INSERT INTO usage_daily
  SELECT s.owner, date(e.time / 1000, 'unixepoch'), e.payload ->> '$.model', count(*),
    sum(e.payload ->> '$.usage.inputTokens'), sum(e.payload ->> '$.usage.outputTokens'),
    sum(e.payload ->> '$.usage.cachedTokens'), sum(coalesce(e.payload ->> '$.usage.cacheWriteTokens', 0)),
    sum(e.payload ->> '$.usage.costUsd')
  FROM session_log e JOIN sessions s ON s.id = e.session
  WHERE e.type = 'turn' AND json_valid(e.payload) AND e.payload ->> '$.model' IS NOT NULL
    AND e.payload ->> '$.usage.inputTokens' IS NOT NULL
  GROUP BY 1, 2, 3;
INSERT INTO spending (scope, key, tokens, micro_usd)
  SELECT 'day', owner || ' ' || day, sum(input_tokens + output_tokens), CAST(sum(coalesce(cost_usd, 0)) * 1000000 AS INTEGER)
  FROM usage_daily GROUP BY owner, day;
INSERT INTO spending (scope, key, tokens, micro_usd)
  SELECT 'owner', owner, sum(input_tokens + output_tokens), CAST(sum(coalesce(cost_usd, 0)) * 1000000 AS INTEGER)
  FROM usage_daily GROUP BY owner;
INSERT INTO spending (scope, key, tokens, micro_usd)
  SELECT 'session', s.public_id, sum(r.input_tokens + r.output_tokens), CAST(sum(coalesce(r.cost_usd, 0)) * 1000000 AS INTEGER)
  FROM agent_runs r JOIN sessions s ON s.id = r.session_id GROUP BY s.id;
INSERT INTO spending (scope, key, tokens, micro_usd)
  SELECT 'run', public_id, input_tokens + output_tokens, CAST(coalesce(cost_usd, 0) * 1000000 AS INTEGER)
  FROM agent_runs WHERE ended_at IS NULL;
