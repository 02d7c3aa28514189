-- name: begin_rate_fetch
-- Of two who begin after the same row one adds its own; the other adds nothing.
INSERT INTO rate_fetch (feed, address, n, at, what, author, revision, etag, modified, new_rates, import_id, detail)
SELECT CAST(:feed AS TEXT), CAST(:address AS TEXT), COALESCE(MAX(n), 0) + 1, {{instant "at"}}, 'begun', CAST(:author AS TEXT),
    (SELECT MAX(id) FROM revision), '', '', 0, NULL, ''
FROM rate_fetch
WHERE feed = :feed
  AND address = :address
HAVING COALESCE(MAX(n), 0) = :after
ON CONFLICT DO NOTHING;

-- name: end_rate_fetch
INSERT INTO rate_fetch (feed, address, n, at, what, author, revision, etag, modified, new_rates, import_id, detail)
SELECT b.feed, b.address, (SELECT MAX(n) FROM rate_fetch WHERE feed = :feed AND address = :address) + 1,
    {{instant "at"}}, CAST(:what AS TEXT), b.author, b.revision, CAST(:etag AS TEXT), CAST(:modified AS TEXT),
    CAST(:new_rates AS INTEGER), CAST(:import_id AS TEXT), CAST(:detail AS TEXT)
FROM rate_fetch b
WHERE b.feed = :feed
  AND b.address = :address
  AND b.n = :begun;

-- name: rate_fetch_last
SELECT n, at, what, author, new_rates, import_id, detail
FROM rate_fetch
WHERE feed = :feed
  AND address = :address
ORDER BY n DESC
LIMIT 1;

-- name: rate_fetch_answered
SELECT n, at
FROM rate_fetch
WHERE feed = :feed
  AND address = :address
  AND what IN ('unchanged', 'imported')
ORDER BY n DESC
LIMIT 1;

-- name: rate_fetch_tried
SELECT COUNT(*), MAX(at)
FROM rate_fetch
WHERE feed = :feed
  AND address = :address
  AND what = 'begun'
  AND n > :answered;

-- name: rate_fetch_mark
-- When rates were undone since, the same file may say something again.
SELECT f.etag, f.modified
FROM rate_fetch f
WHERE f.feed = :feed
  AND f.address = :address
  AND f.n = :answered
  AND NOT EXISTS (
    SELECT 1
    FROM revision u
    JOIN revision r ON r.id = u.undoes
    WHERE u.id > f.revision
      AND r.kind = 'rates');
