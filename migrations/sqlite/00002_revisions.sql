-- +goose Up

-- One change of what the service says. Numbers, instants of recording and
-- commits are in one order. The public id is random, so that it tells nothing
-- of what is still hidden. visible_at is the later of recording and embargo;
-- it is never for an undo of what nobody had seen.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY CHECK (id >= 1),
    public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 12 AND public_id NOT GLOB '*[^0-9a-f]*'),
    kind TEXT NOT NULL CHECK (kind IN ('import', 'undo', 'withdrawal', 'catalogue', 'rates')),
    recorded_at INTEGER NOT NULL UNIQUE,
    embargo INTEGER,
    visible_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL,
    import_id TEXT REFERENCES import (id),
    undoes INTEGER UNIQUE REFERENCES revision (id),
    idempotency_key TEXT CHECK (idempotency_key <> ''),
    UNIQUE (author, idempotency_key),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CHECK (undoes < id),
    CHECK (kind = 'undo' OR visible_at = MAX(recorded_at, COALESCE(embargo, recorded_at))),
    CHECK (kind <> 'undo' OR embargo IS NULL AND visible_at IN (recorded_at, 4611686018427387904))
) STRICT;

CREATE INDEX revision_visible ON revision (visible_at, id);
CREATE INDEX revision_import ON revision (import_id);

-- How many rows a revision states, added when they are all there.
CREATE TABLE revision_size (
    revision INTEGER PRIMARY KEY REFERENCES revision (id),
    row_count INTEGER NOT NULL CHECK (row_count >= 0)
) STRICT;

-- The catalogue. One table holds the entries of every section as documents,
-- so that each has its versions under one rule and a state of the past reads
-- the words of its time; what a document may say is checked before it is
-- stored.
CREATE TABLE catalog_entry (
    section TEXT NOT NULL CHECK (section <> ''),
    code TEXT NOT NULL CHECK (code <> ''),
    revision INTEGER NOT NULL REFERENCES revision (id),
    body TEXT NOT NULL CHECK (body = '' OR json_valid(body)), -- empty: the code is no entry any more
    PRIMARY KEY (section, code, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX catalog_entry_revision ON catalog_entry (revision);

-- +goose StatementBegin
CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN
    SELECT RAISE(ABORT, 'rows of revision are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_is_unchanged BEFORE UPDATE OF
    id, public_id, kind, recorded_at, embargo, visible_at, author, message, import_id, undoes,
    idempotency_key
ON revision
BEGIN
    SELECT RAISE(ABORT, 'rows of revision are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_is_not_replaced BEFORE INSERT ON revision
WHEN EXISTS (
    SELECT 1
    FROM revision
    WHERE public_id = NEW.public_id
       OR undoes = NEW.undoes
       OR author = NEW.author AND idempotency_key = NEW.idempotency_key)
BEGIN
    SELECT RAISE(ABORT, 'rows of revision are never replaced');
END;
-- +goose StatementEnd

-- Numbers and instants of recording grow together, so an existing one is refused too.
-- +goose StatementBegin
CREATE TRIGGER revision_is_in_order BEFORE INSERT ON revision
WHEN NEW.id <= (SELECT MAX(id) FROM revision)
  OR NEW.recorded_at <= (SELECT MAX(recorded_at) FROM revision)
BEGIN
    SELECT RAISE(ABORT, 'revisions are recorded in order');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_undoes_no_undo BEFORE INSERT ON revision
WHEN (SELECT kind FROM revision WHERE id = NEW.undoes) = 'undo'
BEGIN
    SELECT RAISE(ABORT, 'an undo is not undone');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_size_is_kept BEFORE DELETE ON revision_size
BEGIN
    SELECT RAISE(ABORT, 'rows of revision_size are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_size_is_unchanged BEFORE UPDATE OF
    revision, row_count
ON revision_size
BEGIN
    SELECT RAISE(ABORT, 'rows of revision_size are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER revision_size_is_not_replaced BEFORE INSERT ON revision_size
WHEN EXISTS (
    SELECT 1
    FROM revision_size
    WHERE revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'rows of revision_size are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER catalog_entry_is_kept BEFORE DELETE ON catalog_entry
BEGIN
    SELECT RAISE(ABORT, 'rows of catalog_entry are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER catalog_entry_is_unchanged BEFORE UPDATE OF
    section, code, revision, body
ON catalog_entry
BEGIN
    SELECT RAISE(ABORT, 'rows of catalog_entry are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER catalog_entry_is_not_replaced BEFORE INSERT ON catalog_entry
WHEN EXISTS (
    SELECT 1
    FROM catalog_entry
    WHERE section = NEW.section
      AND code = NEW.code
      AND revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'rows of catalog_entry are never replaced');
END;
-- +goose StatementEnd
