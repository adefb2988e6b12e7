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

-- ==== streams ====

-- ==== sessions ====

-- ==== end ====
