-- +goose Up

-- How files of one kind are read, as somebody kept it under a name: each change
-- is a version more, and a retired profile ends with a version without text.
CREATE TABLE profile (
    name TEXT NOT NULL CHECK (name <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL, -- empty where nobody is to use it any more
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER profile_is_kept BEFORE DELETE ON profile
BEGIN
    SELECT RAISE(ABORT, 'rows of profile are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER profile_is_unchanged BEFORE UPDATE OF
    name, version, body, at, author
ON profile
BEGIN
    SELECT RAISE(ABORT, 'rows of profile are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER profile_is_not_replaced BEFORE INSERT ON profile
WHEN EXISTS (
    SELECT 1
    FROM profile
    WHERE name = NEW.name
      AND version = NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'rows of profile are never replaced');
END;
-- +goose StatementEnd
