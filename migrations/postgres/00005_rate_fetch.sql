-- +goose Up

-- What happened when the file of a feed was taken from an address, counted from
-- 1 for each. A taking begins, which keeps others from beginning, and ends with
-- what it brought. revision is the newest one when it began: etag and modified,
-- the publisher's mark of the file, hold until rates are undone after it.
CREATE TABLE rate_fetch (
    feed TEXT COLLATE "C" NOT NULL CHECK (feed <> ''),
    address TEXT COLLATE "C" NOT NULL CHECK (address <> ''),
    n INTEGER NOT NULL CHECK (n >= 1),
    at TIMESTAMPTZ NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('begun', 'unchanged', 'imported', 'failed')),
    author TEXT NOT NULL,
    revision BIGINT NOT NULL REFERENCES revision (id),
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    new_rates INTEGER NOT NULL CHECK (new_rates >= 0),
    import_id TEXT COLLATE "C" REFERENCES import (id), -- the one that it brought or repeated
    detail TEXT NOT NULL, -- why it failed
    PRIMARY KEY (feed, address, n)
);

CREATE TRIGGER rate_fetch_is_kept BEFORE DELETE ON rate_fetch
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rate_fetch_is_unchanged BEFORE UPDATE OF
    feed, address, n, at, what, author, revision, etag, modified, new_rates, import_id, detail
    ON rate_fetch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rate_fetch_is_not_emptied BEFORE TRUNCATE ON rate_fetch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
