-- +goose Up

-- Instants are truncated to microseconds; infinity is never.
-- Texts that say nothing are empty, not NULL. Codes sort by their bytes.
-- Rows are only added: triggers refuse to delete or change one or to empty a table.

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never deleted or changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd

-- What the database was created with.
CREATE TABLE office (
    one SMALLINT PRIMARY KEY CHECK (one = 1),
    zone TEXT NOT NULL CHECK (zone <> ''),
    currency TEXT NOT NULL
);

-- An original, byte for byte, once for all imports of the same bytes.
CREATE TABLE file (
    sha256 TEXT COLLATE "C" PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size BIGINT NOT NULL CHECK (size >= 0)
);

-- Its bytes in pieces, so that neither keeping nor reading it needs them all at once.
CREATE TABLE file_chunk (
    sha256 TEXT COLLATE "C" NOT NULL REFERENCES file (sha256),
    n INTEGER NOT NULL CHECK (n >= 1),
    body BYTEA NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 1048576),
    PRIMARY KEY (sha256, n)
);

-- A file that was handed in, and the settings that it is read with.
CREATE TABLE import (
    id TEXT COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{12}$'),
    sha256 TEXT COLLATE "C" NOT NULL REFERENCES file (sha256),
    name TEXT NOT NULL,
    author TEXT NOT NULL,
    profile TEXT NOT NULL,
    dataset TEXT COLLATE "C" NOT NULL,
    uploaded_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX import_uploaded ON import (uploaded_at, id);
CREATE INDEX import_file ON import (sha256);

-- What happened to an import, in order.
CREATE TABLE import_event (
    import_id TEXT COLLATE "C" NOT NULL REFERENCES import (id),
    n INTEGER NOT NULL CHECK (n >= 1),
    at TIMESTAMPTZ NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('uploaded', 'reviewed', 'refused', 'scheduled', 'published', 'cancelled', 'undone')),
    author TEXT NOT NULL,
    detail TEXT NOT NULL,
    report TEXT, -- of the reading that this event is about, JSON
    PRIMARY KEY (import_id, n)
);

CREATE TRIGGER office_is_kept BEFORE DELETE ON office
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER office_is_unchanged BEFORE UPDATE OF
    one, zone, currency
    ON office FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER office_is_not_emptied BEFORE TRUNCATE ON office
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER file_is_kept BEFORE DELETE ON file
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_is_unchanged BEFORE UPDATE OF
    sha256, size
    ON file FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_is_not_emptied BEFORE TRUNCATE ON file
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER file_chunk_is_kept BEFORE DELETE ON file_chunk
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_chunk_is_unchanged BEFORE UPDATE OF
    sha256, n, body
    ON file_chunk FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER file_chunk_is_not_emptied BEFORE TRUNCATE ON file_chunk
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER import_is_kept BEFORE DELETE ON import
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER import_is_unchanged BEFORE UPDATE OF
    id, sha256, name, author, profile, dataset, uploaded_at
    ON import FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER import_is_not_emptied BEFORE TRUNCATE ON import
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER import_event_is_kept BEFORE DELETE ON import_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER import_event_is_unchanged BEFORE UPDATE OF
    import_id, n, at, what, author, detail, report
    ON import_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER import_event_is_not_emptied BEFORE TRUNCATE ON import_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
