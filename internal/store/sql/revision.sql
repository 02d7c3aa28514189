-- name: insert_revision
INSERT INTO revision (
    id, public_id, kind, recorded_at, embargo, visible_at, author, message, import_id, undoes, idempotency_key)
VALUES (
    :id, :public_id, :kind, :recorded_at, :embargo, :visible_at, :author, :message, :import_id, :undoes, :idempotency_key);

-- name: insert_revision_size
INSERT INTO revision_size (revision, row_count)
VALUES (:revision, :row_count);

-- name: revision_by_public_id
-- Whatever its visibility, for writing.
SELECT
    r.id, r.public_id, r.kind, r.recorded_at, r.embargo, r.visible_at, r.author, r.message,
    r.import_id, t.public_id AS undoes, z.row_count, u.id AS undone_by
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id
LEFT JOIN revision_size z ON z.revision = r.id
WHERE r.public_id = :public_id;

-- name: revision_by_key
SELECT
    r.id, r.public_id, r.kind, r.recorded_at, r.embargo, r.visible_at, r.author, r.message,
    r.import_id, t.public_id AS undoes, z.row_count, u.id AS undone_by
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id
LEFT JOIN revision_size z ON z.revision = r.id
WHERE r.author = :author
  AND r.idempotency_key = :idempotency_key;

-- name: insert_catalog_entry
INSERT INTO catalog_entry (section, code, revision, body)
VALUES (:section, :code, :revision, :body);

-- name: catalog_revision
-- A catalogue has no embargo: it is visible when it is recorded.
SELECT MAX(id)
FROM revision
WHERE kind = 'catalogue'
  AND recorded_at <= :recorded;

-- name: catalog_entries
SELECT e.section, e.code, e.body, r.author
FROM catalog_entry e
JOIN revision r ON r.id = e.revision
WHERE e.revision = (
    SELECT MAX(l.revision)
    FROM catalog_entry l
    WHERE l.section = e.section
      AND l.code = e.code
      AND l.revision <= :revision)
ORDER BY e.section, e.code;

-- name: visible_revisions
-- An embargo counts on both time lines, also for who undoes what had one. A
-- revision that was undone before it became visible never does.
SELECT
    r.id, r.public_id, r.kind, r.recorded_at, r.embargo, r.visible_at, r.author, r.message,
    r.import_id, t.public_id AS undoes, z.row_count, NULL AS undone_by
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
LEFT JOIN revision_size z ON z.revision = r.id
WHERE r.visible_at <= :recorded
  AND COALESCE(r.embargo, t.embargo, :published) <= :published
  AND u.id IS NULL
  AND (CAST(:before AS TEXT) = '' OR (r.visible_at, r.id) < (SELECT visible_at, id FROM revision WHERE public_id = :before))
  AND (CAST(:only AS TEXT) = '' OR r.public_id = :only)
ORDER BY r.visible_at DESC, r.id DESC
LIMIT :limit;

-- name: visible_revision_count
SELECT COUNT(*)
FROM revision r
LEFT JOIN revision t ON t.id = r.undoes
LEFT JOIN revision u ON u.undoes = r.id AND u.recorded_at < r.visible_at
WHERE r.visible_at <= :recorded
  AND COALESCE(r.embargo, t.embargo, :published) <= :published
  AND u.id IS NULL;
