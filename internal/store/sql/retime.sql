-- name: close_{{.Table}}
-- Where the new version is the last one, its open predecessor ends.
UPDATE {{.Table}} AS o
SET superseded_at = n.published_at
FROM {{.Table}} AS n
WHERE n.revision = :revision
  AND {{.Same "o" "n"}}
  AND o.revision <> n.revision
  AND o.published_at <= n.published_at
  AND o.superseded_at = {{forever}};

-- name: reorder_{{.Table}}
-- Each standing version of the revision's keys lasts until the next one. With
-- :every 0 only those keys count where something is published later than what
-- the revision states, for the others were closed. The + 0 keeps PostgreSQL
-- from looking a row up by revision and series, which a long series makes
-- quadratic, where the key finds it at once.
UPDATE {{.Table}} AS o
SET superseded_at = w.until
FROM (
    SELECT
        {{.Keys "v"}}, v.published_at, v.revision,
        LEAD(v.published_at, 1, {{forever}}) OVER (
            PARTITION BY {{.Keys "v"}}
            ORDER BY v.published_at, v.revision
        ) AS until
    FROM (
        SELECT DISTINCT {{.Keys "n"}}
        FROM {{.Table}} n
        WHERE n.revision = :revision
          AND (CAST(:every AS INTEGER) = 1 OR EXISTS (
              SELECT 1
              FROM {{.Table}} l
              WHERE {{.Same "l" "n"}}
                AND l.published_at > n.published_at))
    ) t
    JOIN {{.Table}} v ON {{.Same "v" "t"}}
    LEFT JOIN revision u ON u.undoes = v.revision
    WHERE u.id IS NULL
) w
WHERE {{.Same "o" "w"}}
  AND o.published_at = w.published_at
  AND o.revision + 0 = w.revision
  AND o.superseded_at <> w.until;

-- name: empty_{{.Table}}
-- What was undone is in force at no instant.
UPDATE {{.Table}}
SET superseded_at = published_at
WHERE revision = :revision
  AND superseded_at <> published_at;
