-- +goose Up

-- Instants are microseconds since 1970 in UTC; 4611686018427387904 is never.
-- Days are ISO 8601 texts. Texts that say nothing are empty, not NULL.
-- Rows are only added: triggers refuse to delete, change or replace one.

-- What the database was created with.
CREATE TABLE office (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    zone TEXT NOT NULL CHECK (zone <> ''),
    currency TEXT NOT NULL
) STRICT;

-- An original, byte for byte, once for all imports of the same bytes.
CREATE TABLE file (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT, WITHOUT ROWID;

-- Its bytes in pieces, so that neither keeping nor reading it needs them all at once.
CREATE TABLE file_chunk (
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    n INTEGER NOT NULL CHECK (n >= 1),
    body BLOB NOT NULL CHECK (length(body) BETWEEN 1 AND 1048576),
    PRIMARY KEY (sha256, n)
) STRICT;

-- A file that was handed in, and the settings that it is read with.
CREATE TABLE import (
    id TEXT PRIMARY KEY CHECK (length(id) = 12 AND id NOT GLOB '*[^0-9a-f]*'),
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    name TEXT NOT NULL,
    author TEXT NOT NULL,
    profile TEXT NOT NULL,
    dataset TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX import_uploaded ON import (uploaded_at, id);
CREATE INDEX import_file ON import (sha256);

-- What happened to an import, in order.
CREATE TABLE import_event (
    import_id TEXT NOT NULL REFERENCES import (id),
    n INTEGER NOT NULL CHECK (n >= 1),
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('uploaded', 'reviewed', 'refused', 'scheduled', 'published', 'cancelled', 'undone')),
    author TEXT NOT NULL,
    detail TEXT NOT NULL,
    report TEXT, -- of the reading that this event is about, JSON
    PRIMARY KEY (import_id, n)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER office_is_kept BEFORE DELETE ON office
BEGIN
    SELECT RAISE(ABORT, 'rows of office are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER office_is_unchanged BEFORE UPDATE OF
    one, zone, currency
ON office
BEGIN
    SELECT RAISE(ABORT, 'rows of office are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER office_is_not_replaced BEFORE INSERT ON office
WHEN EXISTS (
    SELECT 1
    FROM office
    WHERE one = NEW.one)
BEGIN
    SELECT RAISE(ABORT, 'rows of office are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_is_kept BEFORE DELETE ON file
BEGIN
    SELECT RAISE(ABORT, 'rows of file are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_is_unchanged BEFORE UPDATE OF
    sha256, size
ON file
BEGIN
    SELECT RAISE(ABORT, 'rows of file are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_is_not_replaced BEFORE INSERT ON file
WHEN EXISTS (
    SELECT 1
    FROM file
    WHERE sha256 = NEW.sha256)
BEGIN
    SELECT RAISE(ABORT, 'rows of file are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_chunk_is_kept BEFORE DELETE ON file_chunk
BEGIN
    SELECT RAISE(ABORT, 'rows of file_chunk are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_chunk_is_unchanged BEFORE UPDATE OF
    sha256, n, body
ON file_chunk
BEGIN
    SELECT RAISE(ABORT, 'rows of file_chunk are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER file_chunk_is_not_replaced BEFORE INSERT ON file_chunk
WHEN EXISTS (
    SELECT 1
    FROM file_chunk
    WHERE sha256 = NEW.sha256
      AND n = NEW.n)
BEGIN
    SELECT RAISE(ABORT, 'rows of file_chunk are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_is_kept BEFORE DELETE ON import
BEGIN
    SELECT RAISE(ABORT, 'rows of import are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_is_unchanged BEFORE UPDATE OF
    id, sha256, name, author, profile, dataset, uploaded_at
ON import
BEGIN
    SELECT RAISE(ABORT, 'rows of import are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_is_not_replaced BEFORE INSERT ON import
WHEN EXISTS (
    SELECT 1
    FROM import
    WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'rows of import are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_event_is_kept BEFORE DELETE ON import_event
BEGIN
    SELECT RAISE(ABORT, 'rows of import_event are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_event_is_unchanged BEFORE UPDATE OF
    import_id, n, at, what, author, detail, report
ON import_event
BEGIN
    SELECT RAISE(ABORT, 'rows of import_event are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER import_event_is_not_replaced BEFORE INSERT ON import_event
WHEN EXISTS (
    SELECT 1
    FROM import_event
    WHERE import_id = NEW.import_id
      AND n = NEW.n)
BEGIN
    SELECT RAISE(ABORT, 'rows of import_event are never replaced');
END;
-- +goose StatementEnd
