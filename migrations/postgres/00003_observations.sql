-- +goose Up

-- A series, once and for ever. family is the code without unit, measure and
-- price basis; multiplier is the power of ten that its answers are written in,
-- that of its first stored value.
CREATE TABLE series (
    id BIGINT PRIMARY KEY CHECK (id >= 1),
    code TEXT COLLATE "C" NOT NULL UNIQUE CHECK (code <> ''),
    family TEXT COLLATE "C" NOT NULL CHECK (family <> ''),
    dataset TEXT COLLATE "C" NOT NULL CHECK (dataset <> ''),
    indicator TEXT COLLATE "C" NOT NULL CHECK (indicator <> ''),
    area TEXT COLLATE "C" NOT NULL CHECK (area <> ''),
    unit TEXT COLLATE "C" NOT NULL CHECK (unit <> ''),
    measure TEXT COLLATE "C" NOT NULL CHECK (measure IN ('level', 'yoy', 'pop', 'saar')),
    basis TEXT COLLATE "C" NOT NULL CHECK (basis <> ''),
    adjustment TEXT COLLATE "C" NOT NULL CHECK (adjustment <> ''),
    scenario TEXT COLLATE "C" NOT NULL CHECK (scenario <> ''),
    multiplier SMALLINT NOT NULL,
    revision BIGINT NOT NULL REFERENCES revision (id) -- the one that first states something of it
);

CREATE UNIQUE INDEX series_family ON series (family, code);

-- Its breakdowns; a series without any is a total.
CREATE TABLE series_item (
    series_id BIGINT NOT NULL REFERENCES series (id),
    dimension TEXT COLLATE "C" NOT NULL CHECK (dimension <> ''),
    item TEXT COLLATE "C" NOT NULL CHECK (item <> ''),
    PRIMARY KEY (series_id, dimension)
);

-- A publication that figures stand in.
CREATE TABLE source (
    id BIGINT PRIMARY KEY CHECK (id >= 1),
    name TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    UNIQUE (name, url),
    CHECK (name <> '' OR url <> '')
);

-- What one revision says about one series and period. end_date is the day
-- after the last one; it stands first because ranges run on the end. A version
-- is in force from published_at until, and without, superseded_at, which is
-- derived and the only column that changes.
--
-- state: 0 a value, 1 missing (reason says why), 2 a declared zero, 3 below
-- half a unit, 4 a growth in words. value is the number as printed and is
-- never computed with here; without a declared scale it keeps its zeros.
CREATE TABLE observation (
    series_id BIGINT NOT NULL, -- of series, like revision and source_id: see observation_refers
    end_date DATE NOT NULL CHECK (isfinite(end_date)),
    start_date DATE NOT NULL CHECK (isfinite(start_date)),
    published_at TIMESTAMPTZ NOT NULL CHECK (isfinite(published_at)),
    revision BIGINT NOT NULL,
    superseded_at TIMESTAMPTZ NOT NULL DEFAULT 'infinity',
    state SMALLINT NOT NULL CHECK (state BETWEEN 0 AND 4),
    value NUMERIC CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity')),
    decimals SMALLINT NOT NULL,
    multiplier SMALLINT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    as_index BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    source_id BIGINT,
    sheet TEXT NOT NULL,
    line INTEGER NOT NULL CHECK (line >= 0),
    col INTEGER NOT NULL CHECK (col >= 0),
    cell TEXT NOT NULL,
    PRIMARY KEY (series_id, end_date, start_date, published_at, revision),
    CHECK (start_date < end_date),
    CHECK (superseded_at >= published_at),
    CHECK ((value IS NOT NULL) = (state IN (0, 2))),
    CHECK (NOT withdrawn OR state = 1)
);

CREATE INDEX observation_revision ON observation (revision, series_id);

-- An observation refers to rows that are there. A foreign key would say the
-- same and ask row by row, which takes five times as long as all else in a
-- load; what is referred to is never deleted and never gets another number, so
-- to ask once for each statement that inserts is enough.
-- +goose StatementBegin
CREATE FUNCTION observation_refers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT series_id FROM added) a
        WHERE NOT EXISTS (SELECT 1 FROM series s WHERE s.id = a.series_id))
    OR EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT revision FROM added) a
        WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE r.id = a.revision))
    OR EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT source_id FROM added WHERE source_id IS NOT NULL) a
        WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.id = a.source_id))
    THEN
        RAISE EXCEPTION 'a row of observation refers to what is not stored'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER observation_refers AFTER INSERT ON observation
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION observation_refers();

-- What one revision says about one rate: 1 base = value quote.
CREATE TABLE rate (
    feed TEXT COLLATE "C" NOT NULL CHECK (feed <> ''),
    base TEXT COLLATE "C" NOT NULL CHECK (base <> ''),
    quote TEXT COLLATE "C" NOT NULL CHECK (quote <> base),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('fixing', 'average', 'end_of_period', 'irrevocable')),
    end_date DATE NOT NULL CHECK (isfinite(end_date)),
    start_date DATE NOT NULL CHECK (isfinite(start_date)),
    published_at TIMESTAMPTZ NOT NULL CHECK (isfinite(published_at)),
    revision BIGINT NOT NULL REFERENCES revision (id),
    superseded_at TIMESTAMPTZ NOT NULL DEFAULT 'infinity',
    value NUMERIC NOT NULL CHECK (value > 0 AND value NOT IN ('NaN', 'Infinity')),
    decimals SMALLINT NOT NULL,
    source_id BIGINT REFERENCES source (id),
    note TEXT NOT NULL,
    PRIMARY KEY (feed, base, quote, kind, end_date, start_date, published_at, revision),
    CHECK (start_date < end_date),
    CHECK (superseded_at >= published_at)
);

CREATE INDEX rate_revision ON rate (revision);

CREATE TRIGGER series_is_kept BEFORE DELETE ON series
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_is_unchanged BEFORE UPDATE OF
    id, code, family, dataset, indicator, area, unit, measure, basis, adjustment, scenario,
    multiplier, revision
    ON series FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_is_not_emptied BEFORE TRUNCATE ON series
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER series_item_is_kept BEFORE DELETE ON series_item
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_item_is_unchanged BEFORE UPDATE OF
    series_id, dimension, item
    ON series_item FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER series_item_is_not_emptied BEFORE TRUNCATE ON series_item
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER source_is_kept BEFORE DELETE ON source
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER source_is_unchanged BEFORE UPDATE OF
    id, name, url
    ON source FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER source_is_not_emptied BEFORE TRUNCATE ON source
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER observation_is_kept BEFORE DELETE ON observation
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observation_is_unchanged BEFORE UPDATE OF
    series_id, end_date, start_date, published_at, revision, state, value, decimals, multiplier,
    status, reason, words, withdrawn, as_index, note, source_id, sheet, line, col, cell
    ON observation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observation_is_not_emptied BEFORE TRUNCATE ON observation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER rate_is_kept BEFORE DELETE ON rate
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rate_is_unchanged BEFORE UPDATE OF
    feed, base, quote, kind, end_date, start_date, published_at, revision, value, decimals,
    source_id, note
    ON rate FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rate_is_not_emptied BEFORE TRUNCATE ON rate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
