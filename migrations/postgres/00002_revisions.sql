-- +goose Up

-- One change of what the service says. Numbers, instants of recording and
-- commits are in one order. The public id is random, so that it tells nothing
-- of what is still hidden. visible_at is the later of recording and embargo;
-- it is never for an undo of what nobody had seen.
CREATE TABLE revision (
    id BIGINT PRIMARY KEY CHECK (id >= 1),
    public_id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (public_id ~ '^[0-9a-f]{12}$'),
    kind TEXT NOT NULL CHECK (kind IN ('import', 'undo', 'withdrawal', 'catalogue', 'rates')),
    recorded_at TIMESTAMPTZ NOT NULL UNIQUE CHECK (isfinite(recorded_at)),
    embargo TIMESTAMPTZ CHECK (isfinite(embargo)),
    visible_at TIMESTAMPTZ NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL,
    import_id TEXT COLLATE "C" REFERENCES import (id),
    undoes BIGINT UNIQUE REFERENCES revision (id),
    idempotency_key TEXT COLLATE "C" CHECK (idempotency_key <> ''),
    UNIQUE (author, idempotency_key),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CHECK (undoes < id),
    CHECK (kind = 'undo' OR visible_at = GREATEST(recorded_at, embargo)),
    CHECK (kind <> 'undo' OR embargo IS NULL AND visible_at IN (recorded_at, 'infinity'))
);

CREATE INDEX revision_visible ON revision (visible_at, id);
CREATE INDEX revision_import ON revision (import_id);

-- +goose StatementBegin
CREATE FUNCTION refuse_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <= (SELECT MAX(id) FROM revision)
        OR NEW.recorded_at <= (SELECT MAX(recorded_at) FROM revision) THEN
        RAISE EXCEPTION 'revisions are recorded in order' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT kind FROM revision WHERE id = NEW.undoes) = 'undo' THEN
        RAISE EXCEPTION 'an undo is not undone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER revision_is_in_order BEFORE INSERT ON revision
    FOR EACH ROW EXECUTE FUNCTION refuse_revision();

-- How many rows a revision states, added when they are all there.
CREATE TABLE revision_size (
    revision BIGINT PRIMARY KEY REFERENCES revision (id),
    row_count BIGINT NOT NULL CHECK (row_count >= 0)
);

-- The catalogue. One table holds the entries of every section as documents,
-- so that each has its versions under one rule and a state of the past reads
-- the words of its time; what a document may say is checked before it is
-- stored.
CREATE TABLE catalog_entry (
    section TEXT COLLATE "C" NOT NULL CHECK (section <> ''),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    revision BIGINT NOT NULL REFERENCES revision (id),
    body TEXT NOT NULL CHECK (body = '' OR CAST(body AS JSON) IS NOT NULL), -- empty: the code is no entry any more
    PRIMARY KEY (section, code, revision)
);

CREATE INDEX catalog_entry_revision ON catalog_entry (revision);

CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_is_unchanged BEFORE UPDATE OF
    id, public_id, kind, recorded_at, embargo, visible_at, author, message, import_id, undoes,
    idempotency_key
    ON revision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_is_not_emptied BEFORE TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER revision_size_is_kept BEFORE DELETE ON revision_size
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_size_is_unchanged BEFORE UPDATE OF
    revision, row_count
    ON revision_size FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_size_is_not_emptied BEFORE TRUNCATE ON revision_size
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER catalog_entry_is_kept BEFORE DELETE ON catalog_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalog_entry_is_unchanged BEFORE UPDATE OF
    section, code, revision, body
    ON catalog_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalog_entry_is_not_emptied BEFORE TRUNCATE ON catalog_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
