-- name: preceding_rates
SELECT a.n, r.value, r.decimals
FROM {{table "asks" "feed" "TEXT" "base" "TEXT" "quote" "TEXT" "kind" "TEXT" "end_date" "DATE" "start_date" "DATE" "published_at" "TIMESTAMPTZ"}} a
JOIN rate r ON r.feed = a.feed
  AND r.base = a.base
  AND r.quote = a.quote
  AND r.kind = a.kind
  AND r.end_date = a.end_date
  AND r.start_date = a.start_date
WHERE r.published_at <= a.published_at
  AND r.superseded_at > a.published_at
ORDER BY a.n, r.published_at, r.revision;

-- name: rates_standing
SELECT
    o.feed, o.base, o.quote, o.kind, o.end_date, o.start_date, o.published_at, o.value, o.decimals, o.source_id, o.note
FROM rate o
JOIN revision r ON r.id = o.revision
LEFT JOIN revision u ON u.undoes = o.revision AND u.recorded_at <= :recorded
WHERE o.published_at <= :published
  AND r.recorded_at <= :recorded
  AND r.id <= :change
  AND u.id IS NULL
ORDER BY o.feed, o.base, o.quote, o.kind, o.end_date, o.start_date, o.published_at, o.revision;
