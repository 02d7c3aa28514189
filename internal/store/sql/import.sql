-- name: file_size
SELECT size
FROM file
WHERE sha256 = :sha256;

-- name: insert_file
-- On PostgreSQL two uploads may bring the same bytes at once: the second one
-- waits here, and adds nothing when the first one is there to stay.
INSERT INTO file (sha256, size)
VALUES (:sha256, :size)
ON CONFLICT DO NOTHING;

-- name: insert_file_chunk
INSERT INTO file_chunk (sha256, n, body)
VALUES (:sha256, :n, :body);

-- name: file_chunk
SELECT body
FROM file_chunk
WHERE sha256 = :sha256
  AND n = :n;

-- name: insert_import
INSERT INTO import (id, sha256, name, author, profile, dataset, uploaded_at)
VALUES (:id, :sha256, :name, :author, :profile, :dataset, :uploaded_at);

-- name: insert_import_event
INSERT INTO import_event (import_id, n, at, what, author, detail, report)
SELECT CAST(:import_id AS TEXT), COALESCE(MAX(n), 0) + 1, {{instant "at"}}, CAST(:what AS TEXT), CAST(:author AS TEXT),
    CAST(:detail AS TEXT), CAST(:report AS TEXT)
FROM import_event
WHERE import_id = :import_id;

-- name: import
SELECT
    i.id, i.sha256, i.name, i.author, i.profile, i.dataset, i.uploaded_at, f.size,
    r.public_id, r.kind, r.embargo, r.visible_at, u.recorded_at AS undone_at
FROM import i
JOIN file f ON f.sha256 = i.sha256
LEFT JOIN revision r ON r.id = (SELECT MAX(id) FROM revision WHERE import_id = i.id)
LEFT JOIN revision u ON u.undoes = r.id
WHERE i.id = :id;

-- name: imports
SELECT
    i.id, i.sha256, i.name, i.author, i.profile, i.dataset, i.uploaded_at, f.size,
    r.public_id, r.kind, r.embargo, r.visible_at, u.recorded_at AS undone_at
FROM import i
JOIN file f ON f.sha256 = i.sha256
LEFT JOIN revision r ON r.id = (SELECT MAX(id) FROM revision WHERE import_id = i.id)
LEFT JOIN revision u ON u.undoes = r.id
WHERE CAST(:before AS TEXT) = ''
   OR (i.uploaded_at, i.id) < (SELECT uploaded_at, id FROM import WHERE id = :before)
ORDER BY i.uploaded_at DESC, i.id DESC
LIMIT :limit;

-- name: same_import
-- Of rates only what differed was stored: when an earlier revision of rates was
-- undone since, the same file may say something again.
SELECT i.id
FROM import i
JOIN revision r ON r.import_id = i.id
LEFT JOIN revision u ON u.undoes = r.id
WHERE i.sha256 = :sha256
  AND i.profile = :profile
  AND i.dataset = :dataset
  AND COALESCE(r.embargo, {{forever}}) = COALESCE({{instant "embargo"}}, {{forever}})
  AND u.id IS NULL
  AND NOT (r.kind = 'rates' AND EXISTS (
      SELECT 1
      FROM revision w
      JOIN revision v ON v.id = w.undoes
      WHERE v.kind = 'rates'
        AND v.id < r.id
        AND w.id > r.id))
ORDER BY r.id DESC
LIMIT 1;

-- name: import_events
SELECT n, at, what, author, detail, report
FROM import_event
WHERE import_id = :id
ORDER BY n;

-- name: any_import
SELECT COUNT(*)
FROM (SELECT 1 AS one FROM revision WHERE kind IN ('import', 'rates') LIMIT 1) x;
