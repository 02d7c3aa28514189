-- +goose Up

-- What happened when the file of a feed was taken from an address, counted from
-- 1 for each. A taking begins, which keeps others from beginning, and ends with
-- what it brought. revision is the newest one when it began: etag and modified,
-- the publisher's mark of the file, hold until rates are undone after it.
CREATE TABLE rate_fetch (
    feed TEXT NOT NULL CHECK (feed <> ''),
    address TEXT NOT NULL CHECK (address <> ''),
    n INTEGER NOT NULL CHECK (n >= 1),
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('begun', 'unchanged', 'imported', 'failed')),
    author TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    new_rates INTEGER NOT NULL CHECK (new_rates >= 0),
    import_id TEXT REFERENCES import (id), -- the one that it brought or repeated
    detail TEXT NOT NULL, -- why it failed
    PRIMARY KEY (feed, address, n)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER rate_fetch_is_kept BEFORE DELETE ON rate_fetch
BEGIN
    SELECT RAISE(ABORT, 'rows of rate_fetch are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_fetch_is_unchanged BEFORE UPDATE OF
    feed, address, n, at, what, author, revision, etag, modified, new_rates, import_id, detail
ON rate_fetch
BEGIN
    SELECT RAISE(ABORT, 'rows of rate_fetch are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_fetch_is_not_replaced BEFORE INSERT ON rate_fetch
WHEN EXISTS (
    SELECT 1
    FROM rate_fetch
    WHERE feed = NEW.feed
      AND address = NEW.address
      AND n = NEW.n)
BEGIN
    SELECT RAISE(ABORT, 'rows of rate_fetch are never replaced');
END;
-- +goose StatementEnd
