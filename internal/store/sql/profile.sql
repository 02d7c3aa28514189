-- name: put_profile
-- Of two who write after the same version one adds its own; the other adds nothing.
INSERT INTO profile (name, version, body, at, author)
SELECT CAST(:name AS TEXT), COALESCE(MAX(version), 0) + 1, CAST(:body AS TEXT), {{instant "at"}}, CAST(:author AS TEXT)
FROM profile
WHERE name = :name
HAVING COALESCE(MAX(version), 0) = :after
ON CONFLICT DO NOTHING;

-- name: profile
SELECT name, version, body, at, author
FROM profile
WHERE name = :name
  AND (version = :version OR :version = 0)
ORDER BY version DESC
LIMIT 1;

-- name: profiles
SELECT p.name, p.version, p.body, p.at, p.author
FROM profile p
WHERE p.body <> ''
  AND p.version = (SELECT MAX(n.version) FROM profile n WHERE n.name = p.name)
ORDER BY p.name;
