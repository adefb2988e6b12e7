-- Who may call. hash: SHA-256 of the token in hexadecimal; the token itself is stored nowhere. scopes: names with
-- spaces between them. made_with: the id of the token that asked for this one, which ends with that.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  made_with TEXT
) STRICT, WITHOUT ROWID;

-- ==== items ====

-- What people and agents work on together. content: a JSON object; updated_by: who changed it last, as JSON.
-- created_key, created_digest: of the request that made it, so that it is made once. change_key: of the latest
-- change, so that it is made once.
CREATE TABLE items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  project_id TEXT,
  content TEXT NOT NULL CHECK (json_valid(content)),
  version INTEGER NOT NULL CHECK (version >= 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL CHECK (json_valid(updated_by)),
  changed INTEGER NOT NULL,
  created_key TEXT,
  created_digest TEXT,
  change_key TEXT,
  CHECK ((created_key IS NULL) = (created_digest IS NULL))
) STRICT;
CREATE UNIQUE INDEX idx_items_created_key ON items (owner, created_key) WHERE created_key IS NOT NULL;
CREATE INDEX idx_items_changed ON items (owner, changed);
CREATE INDEX idx_items_kind ON items (owner, kind, changed);
CREATE INDEX idx_items_project ON items (owner, project_id, changed) WHERE project_id IS NOT NULL;

-- Earlier versions, as many as are kept.
CREATE TABLE item_versions (
  item_id INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  project_id TEXT,
  content TEXT NOT NULL CHECK (json_valid(content)),
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL CHECK (json_valid(updated_by)),
  PRIMARY KEY (item_id, version)
) STRICT, WITHOUT ROWID;

-- The latest changes of all items, for whoever watches. item: the item without its content, as JSON; sessions:
-- those that were about it and are about none since, as JSON.
CREATE TABLE item_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('created', 'updated', 'deleted')),
  item TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  sessions TEXT NOT NULL
) STRICT;

-- Words to find items by: of titles, and of all texts in their contents.
CREATE VIRTUAL TABLE item_words USING fts5 (owner, title, content, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TRIGGER item_added AFTER INSERT ON items BEGIN
  INSERT INTO item_words (rowid, owner, title, content)
    VALUES (new.id, 'o' || lower(hex(new.owner)), new.title,
      (SELECT group_concat(atom, ' ') FROM json_tree(new.content) WHERE type = 'text'));
END;
CREATE TRIGGER item_changed AFTER UPDATE OF title, content ON items
WHEN old.title <> new.title OR old.content <> new.content BEGIN
  DELETE FROM item_words WHERE rowid = old.id;
  INSERT INTO item_words (rowid, owner, title, content)
    VALUES (new.id, 'o' || lower(hex(new.owner)), new.title,
      (SELECT group_concat(atom, ' ') FROM json_tree(new.content) WHERE type = 'text'));
END;
CREATE TRIGGER item_removed AFTER DELETE ON items BEGIN
  DELETE FROM item_words WHERE rowid = old.id;
END;

CREATE INDEX idx_sessions_item ON sessions (item_id) WHERE item_id IS NOT NULL;

-- ==== streams ====
-- Streams that clients write and read. tail: bytes so far, those included that a fork has of its source.
-- fork_path, fork_wanted, fork_extra: what was asked for; fork_of, fork_at, fork_depth: what was made of it.
-- closed_by: the producer's append that closed it. due: when it expires. deleted: only there for its forks.
CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,
  path TEXT NOT NULL,
  content_type TEXT NOT NULL,
  ttl_seconds INTEGER,
  expires_at INTEGER,
  tail INTEGER NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0,
  closed_by TEXT,
  closed_epoch INTEGER,
  closed_seq INTEGER,
  last_order TEXT,
  fork_path TEXT,
  fork_wanted INTEGER,
  fork_extra INTEGER NOT NULL DEFAULT 0,
  fork_of INTEGER REFERENCES streams (id),
  fork_at INTEGER,
  fork_depth INTEGER NOT NULL DEFAULT 0,
  due INTEGER,
  deleted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (owner, path)
) STRICT;

CREATE INDEX streams_by_source ON streams (fork_of) WHERE fork_of IS NOT NULL;
CREATE INDEX streams_by_due ON streams (due) WHERE due IS NOT NULL AND deleted = 0;

-- What each append brought. position: the stream's tail after it.
CREATE TABLE stream_chunks (
  id INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE (stream, position)
) STRICT;

-- How far the writers of a stream are that repeat themselves.
CREATE TABLE stream_producers (
  stream INTEGER NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  producer TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  heard_at INTEGER NOT NULL,
  PRIMARY KEY (stream, producer)
) STRICT, WITHOUT ROWID;

-- Who is to be told of what is appended. state: JSON. under_way: whether it waits for a time or for somebody.
CREATE TABLE stream_subscriptions (
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  under_way INTEGER NOT NULL,
  PRIMARY KEY (owner, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX stream_subscriptions_under_way ON stream_subscriptions (owner, name) WHERE under_way = 1;

-- What notices are signed with.
CREATE TABLE stream_key (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  secret TEXT NOT NULL
) STRICT;

-- ==== sessions ====

-- ==== end ====
