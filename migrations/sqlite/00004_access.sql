-- +goose Up

-- A key that opens the service: the hash of its secret, never the secret.
-- Only its revocation and the last minute of its use are written later.
CREATE TABLE api_key (
    id TEXT PRIMARY KEY CHECK (length(id) = 12 AND id NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'admin')),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

-- Who did what, and who saw what.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER api_key_is_kept BEFORE DELETE ON api_key
BEGIN
    SELECT RAISE(ABORT, 'rows of api_key are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER api_key_is_unchanged BEFORE UPDATE OF
    id, name, role, hash, created_at, expires_at
ON api_key
BEGIN
    SELECT RAISE(ABORT, 'rows of api_key are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER api_key_is_not_replaced BEFORE INSERT ON api_key
WHEN EXISTS (
    SELECT 1
    FROM api_key
    WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'rows of api_key are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of audit are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_unchanged BEFORE UPDATE OF
    id, at, author, action, subject, detail
ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of audit are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (
    SELECT 1
    FROM audit
    WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'rows of audit are never replaced');
END;
-- +goose StatementEnd
