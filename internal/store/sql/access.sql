-- name: insert_key
INSERT INTO api_key (id, name, role, hash, created_at, expires_at)
VALUES (:id, :name, :role, :hash, :created_at, :expires_at);

-- name: keys
SELECT id, name, role, hash, created_at, expires_at, revoked_at, used_at
FROM api_key
ORDER BY created_at, id;

-- name: key
SELECT id, name, role, hash, created_at, expires_at, revoked_at, used_at
FROM api_key
WHERE id = :id;

-- name: revoke_key
-- The first revocation stands.
UPDATE api_key
SET revoked_at = COALESCE(revoked_at, {{instant "revoked_at"}})
WHERE id = :id;

-- name: use_key
UPDATE api_key
SET used_at = {{instant "used_at"}}
WHERE id = :id
  AND (used_at IS NULL OR used_at < {{instant "used_at"}});

-- name: insert_audit
INSERT INTO audit (at, author, action, subject, detail)
VALUES (:at, :author, :action, :subject, :detail);

-- name: audit
SELECT id, at, author, action, subject, detail
FROM audit
WHERE (:before = 0 OR id < :before)
  AND (CAST(:author AS TEXT) = '' OR author = :author)
  AND (CAST(:action AS TEXT) = '' OR action = :action)
  AND (CAST(:subject AS TEXT) = '' OR subject = :subject)
ORDER BY id DESC
LIMIT :limit;
