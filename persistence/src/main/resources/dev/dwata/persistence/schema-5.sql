-- Who may call. hash: SHA-256 of the token in hexadecimal; the token itself is stored nowhere. scopes: names with
-- spaces between them.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
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

-- ==== sessions ====

-- ==== end ====
