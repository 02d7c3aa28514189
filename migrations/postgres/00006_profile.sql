-- +goose Up

-- How files of one kind are read, as somebody kept it under a name: each change
-- is a version more, and a retired profile ends with a version without text.
CREATE TABLE profile (
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    body TEXT NOT NULL, -- empty where nobody is to use it any more
    at TIMESTAMPTZ NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE TRIGGER profile_is_kept BEFORE DELETE ON profile
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER profile_is_unchanged BEFORE UPDATE OF
    name, version, body, at, author
    ON profile FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER profile_is_not_emptied BEFORE TRUNCATE ON profile
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
