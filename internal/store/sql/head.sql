-- name: newest_revision
-- The order of numbers is that of recording and of commits.
SELECT id, recorded_at
FROM revision
ORDER BY id DESC
LIMIT 1;

-- name: head
-- A revision that was undone before its instant of visibility never becomes
-- visible; its undo is never visible itself.
SELECT
    (SELECT MAX(r.visible_at)
     FROM revision r
     LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
     WHERE r.visible_at <= :now AND u.id IS NULL) AS instant,
    (SELECT MIN(r.visible_at)
     FROM revision r
     LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
     WHERE r.visible_at > :now AND r.visible_at < {{forever}} AND u.id IS NULL) AS next;

-- name: newest_change
-- The newest change that was visible at an instant, as it was known then: of
-- the revisions that are visible by it, all were recorded by it. Where there is
-- none the first of all stands in.
SELECT COALESCE(MAX(CASE WHEN r.visible_at <= :until THEN r.visible_at END), MIN(r.visible_at)) AS instant
FROM revision r
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
WHERE r.visible_at <= :now
  AND u.id IS NULL;

-- name: moment
SELECT COUNT(*)
FROM revision r
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
WHERE r.visible_at = :recorded
  AND r.visible_at <= :now
  AND u.id IS NULL;

-- name: revisions_after
-- For what brings rates, and for what takes them back, the last instant at
-- which one of them becomes public.
SELECT
    r.id, r.public_id, r.kind, r.recorded_at,
    CASE WHEN r.kind IN ('rates', 'undo') THEN (SELECT MAX(o.published_at) FROM rate o WHERE o.revision = COALESCE(r.undoes, r.id)) END
FROM revision r
WHERE r.id > :id
ORDER BY r.id;

-- name: series_after
SELECT id, code, multiplier
FROM series
WHERE id > :id
ORDER BY id;

-- name: sources_after
SELECT id, name, url
FROM source
WHERE id > :id
ORDER BY id;

-- name: office
SELECT zone, currency
FROM office;

-- name: insert_office
INSERT INTO office (one, zone, currency)
VALUES (1, :zone, :currency);
