-- name: verify_total
SELECT (SELECT COUNT(*) FROM observation) + (SELECT COUNT(*) FROM rate) + (SELECT COUNT(*) FROM file) AS total;

-- name: verify_references
SELECT 'observation.series_id' AS what, COUNT(*) FROM observation c LEFT JOIN series p ON p.id = c.series_id WHERE p.id IS NULL
UNION ALL
SELECT 'observation.revision', COUNT(*) FROM observation c LEFT JOIN revision p ON p.id = c.revision WHERE p.id IS NULL
UNION ALL
SELECT 'observation.source_id', COUNT(*) FROM observation c LEFT JOIN source p ON p.id = c.source_id WHERE p.id IS NULL AND c.source_id IS NOT NULL
UNION ALL
SELECT 'rate.revision', COUNT(*) FROM rate c LEFT JOIN revision p ON p.id = c.revision WHERE p.id IS NULL
UNION ALL
SELECT 'rate.source_id', COUNT(*) FROM rate c LEFT JOIN source p ON p.id = c.source_id WHERE p.id IS NULL AND c.source_id IS NOT NULL
UNION ALL
SELECT 'series.revision', COUNT(*) FROM series c LEFT JOIN revision p ON p.id = c.revision WHERE p.id IS NULL
UNION ALL
SELECT 'series_item.series_id', COUNT(*) FROM series_item c LEFT JOIN series p ON p.id = c.series_id WHERE p.id IS NULL
UNION ALL
SELECT 'revision.import_id', COUNT(*) FROM revision c LEFT JOIN import p ON p.id = c.import_id WHERE p.id IS NULL AND c.import_id IS NOT NULL
UNION ALL
SELECT 'revision.undoes', COUNT(*) FROM revision c LEFT JOIN revision p ON p.id = c.undoes WHERE p.id IS NULL AND c.undoes IS NOT NULL
UNION ALL
SELECT 'catalog_entry.revision', COUNT(*) FROM catalog_entry c LEFT JOIN revision p ON p.id = c.revision WHERE p.id IS NULL
UNION ALL
SELECT 'import.sha256', COUNT(*) FROM import c LEFT JOIN file p ON p.sha256 = c.sha256 WHERE p.sha256 IS NULL
UNION ALL
SELECT 'import_event.import_id', COUNT(*) FROM import_event c LEFT JOIN import p ON p.id = c.import_id WHERE p.id IS NULL
UNION ALL
SELECT 'rate_fetch.revision', COUNT(*) FROM rate_fetch c LEFT JOIN revision p ON p.id = c.revision WHERE p.id IS NULL
UNION ALL
SELECT 'rate_fetch.import_id', COUNT(*) FROM rate_fetch c LEFT JOIN import p ON p.id = c.import_id WHERE p.id IS NULL AND c.import_id IS NOT NULL
UNION ALL
SELECT 'file_chunk.sha256', COUNT(*) FROM file_chunk c LEFT JOIN file p ON p.sha256 = c.sha256 WHERE p.sha256 IS NULL
ORDER BY what;

-- name: verify_revisions
SELECT id, public_id, recorded_at, embargo, visible_at, undoes
FROM revision
ORDER BY id;

-- name: verify_sizes
SELECT r.public_id, COALESCE(z.row_count, 0), COALESCE(n.rows_there, 0)
FROM revision r
LEFT JOIN revision_size z ON z.revision = r.id
LEFT JOIN (
    SELECT revision, COUNT(*) AS rows_there
    FROM (
        SELECT revision FROM observation
        UNION ALL
        SELECT revision FROM rate
        UNION ALL
        SELECT revision FROM catalog_entry
    ) x
    GROUP BY revision
) n ON n.revision = r.id
WHERE COALESCE(z.row_count, 0) <> COALESCE(n.rows_there, 0)
ORDER BY r.id;

-- name: verify_files
SELECT sha256, size
FROM file
ORDER BY sha256;

-- name: verify_observation
SELECT
    COALESCE(s.code, CAST(o.series_id AS TEXT)), o.end_date, o.start_date, o.published_at, o.revision,
    o.superseded_at, o.state, o.value, o.as_index, o.cell, o.line
FROM observation o
LEFT JOIN series s ON s.id = o.series_id
ORDER BY o.series_id, o.end_date, o.start_date, o.published_at, o.revision;

-- name: verify_rate
SELECT feed || ' ' || base || ' ' || quote || ' ' || kind, end_date, start_date, published_at, revision, superseded_at
FROM rate
ORDER BY feed, base, quote, kind, end_date, start_date, published_at, revision;
