-- CROSS JOIN tells SQLite to go from series to observations, whose key then
-- gives them in order; to PostgreSQL it says nothing.

-- name: in_force
-- What is in force where nothing that is recorded later counts yet. change is
-- the newest revision of the same snapshot: when it is not the one that the
-- reader knows, superseded_at may speak of a later state and is not used.
SELECT
    o.series_id, o.end_date, o.start_date, o.published_at, o.revision, o.state, o.value, o.decimals,
    o.multiplier, o.status, o.reason, o.words, o.withdrawn, o.as_index, o.note, o.source_id, o.sheet,
    o.line, o.col, o.cell, (SELECT MAX(id) FROM revision) AS change
FROM series s
CROSS JOIN observation o
WHERE o.series_id = s.id
  AND o.published_at <= :published
  AND o.superseded_at > :published
  /* selection */
ORDER BY s.family, s.code, o.end_date, o.start_date;

-- name: standing
-- Every version that stands and is visible at the point, of the revisions up
-- to the newest that the reader knows.
SELECT
    o.series_id, o.end_date, o.start_date, o.published_at, o.revision, o.state, o.value, o.decimals,
    o.multiplier, o.status, o.reason, o.words, o.withdrawn, o.as_index, o.note, o.source_id, o.sheet,
    o.line, o.col, o.cell
FROM series s
CROSS JOIN observation o
JOIN revision r ON r.id = o.revision
LEFT JOIN revision u ON u.undoes = o.revision AND u.recorded_at <= :recorded
WHERE o.series_id = s.id
  AND o.published_at <= :published
  AND r.recorded_at <= :recorded
  AND r.id <= :change
  AND u.id IS NULL
  /* selection */
ORDER BY s.family, s.code, o.end_date, o.start_date, o.published_at, o.revision;

-- name: preceding
-- What is in force at each ask's instant, recorded until now.
SELECT
    a.n,
    o.series_id, o.end_date, o.start_date, o.published_at, o.revision, o.state, o.value, o.decimals,
    o.multiplier, o.status, o.reason, o.words, o.withdrawn, o.as_index, o.note, o.source_id, o.sheet,
    o.line, o.col, o.cell
FROM {{table "asks" "series_id" "BIGINT" "end_date" "DATE" "start_date" "DATE" "published_at" "TIMESTAMPTZ"}} a
JOIN observation o ON o.series_id = a.series_id
  AND o.end_date = a.end_date
  AND o.start_date = a.start_date
WHERE o.published_at <= a.published_at
  AND o.superseded_at > a.published_at
  AND o.revision <= :change
ORDER BY a.n;

-- name: standing_periods
SELECT s.code, COUNT(*)
FROM series s
JOIN observation o ON o.series_id = s.id
WHERE s.code {{among "codes" "TEXT"}}
  AND o.published_at <= :now
  AND o.superseded_at > :now
GROUP BY s.code
ORDER BY s.code;

-- name: coverage
-- Periods of one shape, the same days of the year so many years apart, have
-- one frequency, except that 28 February and the 1 March after it are one day
-- apart or two. Their first and last are the smallest and greatest.
SELECT
    o.series_id, o.withdrawn, MIN(o.start_date), MIN(o.end_date), MAX(o.start_date), MAX(o.end_date), COUNT(*),
    (SELECT MAX(id) FROM revision) AS change
FROM series s
CROSS JOIN observation o
WHERE o.series_id = s.id
  AND o.published_at <= :published
  AND o.superseded_at > :published
  /* selection */
GROUP BY
    o.series_id, o.withdrawn,
    SUBSTR(CAST(o.start_date AS TEXT), 6), SUBSTR(CAST(o.end_date AS TEXT), 6),
    CAST(SUBSTR(CAST(o.end_date AS TEXT), 1, 4) AS INTEGER) - CAST(SUBSTR(CAST(o.start_date AS TEXT), 1, 4) AS INTEGER),
    CASE
        WHEN SUBSTR(CAST(o.start_date AS TEXT), 6) = '02-28' AND SUBSTR(CAST(o.end_date AS TEXT), 6) = '03-01' THEN o.start_date
    END
ORDER BY o.series_id;
