-- The log is the truth; the other tables of a session are projections of it. Times are milliseconds since 1970.

CREATE TABLE meta (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  instance_id TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  title TEXT NOT NULL,
  is_titled INTEGER NOT NULL CHECK (is_titled IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived', 'error')),
  agent_name TEXT NOT NULL,
  model TEXT,
  last_message TEXT,
  message_count INTEGER NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  context_type TEXT,
  item_id TEXT,
  project_id TEXT,
  config TEXT CHECK (config IS NULL OR json_valid(config))
) STRICT;
CREATE INDEX idx_sessions_updated_at ON sessions (owner, updated_at, public_id, status);

CREATE TABLE agent_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  owner TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN
    ('queued', 'running', 'waiting_input', 'completed', 'failed', 'cancelled', 'interrupted')),
  admitted_seq INTEGER NOT NULL,
  request TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  model TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  error TEXT,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  cached_tokens INTEGER NOT NULL DEFAULT 0,
  cost_usd REAL,
  turns INTEGER NOT NULL DEFAULT 0,
  CHECK ((ended_at IS NOT NULL) = (status IN ('completed', 'failed', 'cancelled')))
) STRICT;
CREATE INDEX idx_agent_runs_session ON agent_runs (session_id);
CREATE INDEX idx_agent_runs_open ON agent_runs (instance_id) WHERE ended_at IS NULL;

CREATE TABLE session_log (
  session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL CHECK (seq > 0),
  time INTEGER NOT NULL,
  run INTEGER,
  type TEXT NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

-- parts: a JSON array; absent where the message is one text, which is its content.
CREATE TABLE agent_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  run_id INTEGER REFERENCES agent_runs (id) ON DELETE SET NULL,
  seq INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')),
  content TEXT NOT NULL,
  parts TEXT,
  is_partial INTEGER NOT NULL DEFAULT 0 CHECK (is_partial IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idx_agent_messages_session_created ON agent_messages (session_id, created_at);
CREATE INDEX idx_agent_messages_session_seq ON agent_messages (session_id, seq, role);
CREATE INDEX idx_agent_messages_run ON agent_messages (run_id, role);

CREATE TABLE agent_tool_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL,
  message_id INTEGER REFERENCES agent_messages (id) ON DELETE SET NULL,
  tool_call_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  arguments TEXT NOT NULL,
  result TEXT,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN
    ('pending', 'awaiting_approval', 'executing', 'completed', 'failed', 'cancelled', 'rejected')),
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  execution_time_ms INTEGER,
  error_details TEXT
) STRICT;
CREATE INDEX idx_agent_tool_calls_session ON agent_tool_calls (session_id);
CREATE INDEX idx_agent_tool_calls_status ON agent_tool_calls (session_id, status);
CREATE INDEX idx_agent_tool_calls_message ON agent_tool_calls (message_id);
CREATE UNIQUE INDEX idx_agent_tool_calls_open ON agent_tool_calls (run_id, tool_call_id)
  WHERE status IN ('pending', 'awaiting_approval', 'executing');

CREATE TABLE active_processes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  tool_call_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'executing' CHECK (status IN ('pending', 'awaiting_approval', 'executing')),
  progress REAL CHECK (progress BETWEEN 0 AND 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (run_id, tool_call_id)
) STRICT;

CREATE TABLE memory (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX idx_memory_key ON memory (owner, coalesce(session_id, 0), key);
CREATE INDEX idx_memory_session ON memory (session_id);

-- Outlives what it tells of, so it refers to it by public id.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  owner TEXT NOT NULL,
  session TEXT NOT NULL,
  run TEXT NOT NULL,
  tool_call_id TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'failed', 'cancelled', 'rejected')),
  execution_time_ms INTEGER
) STRICT;

CREATE TABLE idempotency (
  owner TEXT NOT NULL,
  method TEXT NOT NULL,
  key TEXT NOT NULL,
  payload_digest TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES agent_runs (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner, method, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_idempotency_run ON idempotency (run_id);

-- Words to search by. The owner is a word of each row, so that one owner's search does not wade through another's.
CREATE VIRTUAL TABLE title_words USING fts5 (owner, words, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE message_words USING fts5 (owner, words, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');

CREATE TRIGGER title_added AFTER INSERT ON sessions BEGIN
  INSERT INTO title_words (rowid, owner, words) VALUES (new.id, 'o' || lower(hex(new.owner)), new.title);
END;
CREATE TRIGGER title_changed AFTER UPDATE OF title ON sessions WHEN old.title <> new.title BEGIN
  DELETE FROM title_words WHERE rowid = old.id;
  INSERT INTO title_words (rowid, owner, words) VALUES (new.id, 'o' || lower(hex(new.owner)), new.title);
END;
CREATE TRIGGER title_removed AFTER DELETE ON sessions BEGIN
  DELETE FROM title_words WHERE rowid = old.id;
END;
CREATE TRIGGER message_added AFTER INSERT ON agent_messages WHEN new.content <> '' BEGIN
  INSERT INTO message_words (rowid, owner, words)
    SELECT new.id, 'o' || lower(hex(owner)), new.content FROM sessions WHERE id = new.session_id;
END;
CREATE TRIGGER message_removed AFTER DELETE ON agent_messages WHEN old.content <> '' BEGIN
  DELETE FROM message_words WHERE rowid = old.id;
END;
