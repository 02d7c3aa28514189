-- name: stated
-- Every version of whatever a revision states something of, also what was
-- undone: what counts at a point follows from its instants. The + 0 keep SQLite
-- from going by number, so that the series come in order and nothing is sorted.
SELECT
    o.series_id, o.end_date, o.start_date, o.published_at, o.revision, o.state, o.value, o.decimals,
    o.multiplier, o.status, o.reason, o.words, o.withdrawn, o.as_index, o.note, o.source_id, o.sheet,
    o.line, o.col, o.cell, u.recorded_at AS undone_at
FROM series s
CROSS JOIN observation o
JOIN revision r ON r.id = o.revision
LEFT JOIN revision u ON u.undoes = o.revision
WHERE o.series_id = s.id
  AND o.published_at <= :published
  AND r.recorded_at <= :recorded
  AND r.id <= :change
  AND s.id + 0 IN (SELECT x.series_id FROM observation x WHERE x.revision = :stated)
  AND (o.series_id + 0, o.end_date, o.start_date) IN (
      SELECT x.series_id, x.end_date, x.start_date
      FROM observation x
      WHERE x.revision = :stated)
ORDER BY s.family, s.code, o.end_date, o.start_date, o.published_at, o.revision;

-- name: stated_rates
-- CROSS JOIN tells SQLite to go from what the revision states to all versions
-- of it; to PostgreSQL it says nothing.
SELECT
    o.feed, o.base, o.quote, o.kind, o.end_date, o.start_date, o.published_at, o.value, o.decimals, o.source_id, o.note,
    r.public_id, r.recorded_at, u.recorded_at AS undone_at
FROM (
    SELECT DISTINCT x.feed, x.base, x.quote, x.kind, x.end_date, x.start_date
    FROM rate x
    WHERE x.revision = :stated
) t
CROSS JOIN rate o
JOIN revision r ON r.id = o.revision
LEFT JOIN revision u ON u.undoes = o.revision
WHERE o.feed = t.feed
  AND o.base = t.base
  AND o.quote = t.quote
  AND o.kind = t.kind
  AND o.end_date = t.end_date
  AND o.start_date = t.start_date
  AND o.published_at <= :published
  AND r.recorded_at <= :recorded
  AND r.id <= :change
ORDER BY o.feed, o.base, o.quote, o.kind, o.end_date, o.start_date, o.published_at, o.revision;

-- name: stated_datasets
SELECT DISTINCT s.dataset
FROM series s
WHERE s.id IN (SELECT x.series_id FROM observation x WHERE x.revision = :stated)
ORDER BY s.dataset;

-- name: revisions_since
-- What became visible after an instant, the oldest first; see visible_revisions.
SELECT
    r.id, r.public_id, r.kind, r.recorded_at, r.embargo, r.visible_at, r.author, r.message,
    r.import_id, t.public_id AS undoes, z.row_count, NULL AS undone_by
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
LEFT JOIN revision_size z ON z.revision = r.id
WHERE r.visible_at > :since
  AND r.visible_at <= :recorded
  AND COALESCE(r.embargo, t.embargo, :published) <= :published
  AND u.id IS NULL
  AND (CAST(:after AS TEXT) = '' OR (r.visible_at, r.id) > (SELECT visible_at, id FROM revision WHERE public_id = :after))
ORDER BY r.visible_at, r.id
LIMIT :limit;

-- name: revisions_since_count
SELECT COUNT(*)
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
WHERE r.visible_at > :since
  AND r.visible_at <= :recorded
  AND COALESCE(r.embargo, t.embargo, :published) <= :published
  AND u.id IS NULL;
