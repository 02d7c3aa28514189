-- +goose Up

-- A series, once and for ever. family is the code without unit, measure and
-- price basis; multiplier is the power of ten that its answers are written in,
-- that of its first stored value.
CREATE TABLE series (
    id INTEGER PRIMARY KEY CHECK (id >= 1),
    code TEXT NOT NULL UNIQUE CHECK (code <> ''),
    family TEXT NOT NULL CHECK (family <> ''),
    dataset TEXT NOT NULL CHECK (dataset <> ''),
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    area TEXT NOT NULL CHECK (area <> ''),
    unit TEXT NOT NULL CHECK (unit <> ''),
    measure TEXT NOT NULL CHECK (measure IN ('level', 'yoy', 'pop', 'saar')),
    basis TEXT NOT NULL CHECK (basis <> ''),
    adjustment TEXT NOT NULL CHECK (adjustment <> ''),
    scenario TEXT NOT NULL CHECK (scenario <> ''),
    multiplier INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id) -- the one that first states something of it
) STRICT;

CREATE UNIQUE INDEX series_family ON series (family, code);

-- Its breakdowns; a series without any is a total.
CREATE TABLE series_item (
    series_id INTEGER NOT NULL REFERENCES series (id),
    dimension TEXT NOT NULL CHECK (dimension <> ''),
    item TEXT NOT NULL CHECK (item <> ''),
    PRIMARY KEY (series_id, dimension)
) STRICT, WITHOUT ROWID;

-- A publication that figures stand in.
CREATE TABLE source (
    id INTEGER PRIMARY KEY CHECK (id >= 1),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    UNIQUE (name, url),
    CHECK (name <> '' OR url <> '')
) STRICT;

-- What one revision says about one series and period. end_date is the day
-- after the last one; it stands first because ranges run on the end. A version
-- is in force from published_at until, and without, superseded_at, which is
-- derived and the only column that changes.
--
-- state: 0 a value, 1 missing (reason says why), 2 a declared zero, 3 below
-- half a unit, 4 a growth in words. value is the number as printed and is
-- never computed with here.
CREATE TABLE observation (
    series_id INTEGER NOT NULL REFERENCES series (id),
    end_date TEXT NOT NULL CHECK (end_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    start_date TEXT NOT NULL CHECK (start_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    published_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    superseded_at INTEGER NOT NULL DEFAULT 4611686018427387904,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    value TEXT CHECK (value NOT GLOB '*[^-0-9.]*'),
    decimals INTEGER NOT NULL,
    multiplier INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    as_index INTEGER NOT NULL CHECK (as_index IN (0, 1)),
    note TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id),
    sheet TEXT NOT NULL,
    line INTEGER NOT NULL CHECK (line >= 0),
    col INTEGER NOT NULL CHECK (col >= 0),
    cell TEXT NOT NULL,
    PRIMARY KEY (series_id, end_date, start_date, published_at, revision),
    CHECK (start_date < end_date),
    CHECK (superseded_at >= published_at),
    CHECK ((value IS NOT NULL) = (state IN (0, 2))),
    CHECK (withdrawn = 0 OR state = 1)
) STRICT, WITHOUT ROWID;

CREATE INDEX observation_revision ON observation (revision);

-- What one revision says about one rate: 1 base = value quote.
CREATE TABLE rate (
    feed TEXT NOT NULL CHECK (feed <> ''),
    base TEXT NOT NULL CHECK (base <> ''),
    quote TEXT NOT NULL CHECK (quote <> base),
    kind TEXT NOT NULL CHECK (kind IN ('fixing', 'average', 'end_of_period', 'irrevocable')),
    end_date TEXT NOT NULL CHECK (end_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    start_date TEXT NOT NULL CHECK (start_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    published_at INTEGER NOT NULL,
    revision INTEGER NOT NULL REFERENCES revision (id),
    superseded_at INTEGER NOT NULL DEFAULT 4611686018427387904,
    value TEXT NOT NULL CHECK (value NOT GLOB '*[^0-9.]*'),
    decimals INTEGER NOT NULL,
    source_id INTEGER REFERENCES source (id),
    note TEXT NOT NULL,
    PRIMARY KEY (feed, base, quote, kind, end_date, start_date, published_at, revision),
    CHECK (start_date < end_date),
    CHECK (superseded_at >= published_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX rate_revision ON rate (revision);

-- +goose StatementBegin
CREATE TRIGGER series_is_kept BEFORE DELETE ON series
BEGIN
    SELECT RAISE(ABORT, 'rows of series are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER series_is_unchanged BEFORE UPDATE OF
    id, code, family, dataset, indicator, area, unit, measure, basis, adjustment, scenario,
    multiplier, revision
ON series
BEGIN
    SELECT RAISE(ABORT, 'rows of series are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER series_is_not_replaced BEFORE INSERT ON series
WHEN EXISTS (
    SELECT 1
    FROM series
    WHERE id = NEW.id
       OR code = NEW.code)
BEGIN
    SELECT RAISE(ABORT, 'rows of series are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER series_item_is_kept BEFORE DELETE ON series_item
BEGIN
    SELECT RAISE(ABORT, 'rows of series_item are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER series_item_is_unchanged BEFORE UPDATE OF
    series_id, dimension, item
ON series_item
BEGIN
    SELECT RAISE(ABORT, 'rows of series_item are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER series_item_is_not_replaced BEFORE INSERT ON series_item
WHEN EXISTS (
    SELECT 1
    FROM series_item
    WHERE series_id = NEW.series_id
      AND dimension = NEW.dimension)
BEGIN
    SELECT RAISE(ABORT, 'rows of series_item are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER source_is_kept BEFORE DELETE ON source
BEGIN
    SELECT RAISE(ABORT, 'rows of source are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER source_is_unchanged BEFORE UPDATE OF
    id, name, url
ON source
BEGIN
    SELECT RAISE(ABORT, 'rows of source are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER source_is_not_replaced BEFORE INSERT ON source
WHEN EXISTS (
    SELECT 1
    FROM source
    WHERE id = NEW.id
       OR name = NEW.name AND url = NEW.url)
BEGIN
    SELECT RAISE(ABORT, 'rows of source are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER observation_is_kept BEFORE DELETE ON observation
BEGIN
    SELECT RAISE(ABORT, 'rows of observation are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER observation_is_unchanged BEFORE UPDATE OF
    series_id, end_date, start_date, published_at, revision, state, value, decimals, multiplier,
    status, reason, words, withdrawn, as_index, note, source_id, sheet, line, col, cell
ON observation
BEGIN
    SELECT RAISE(ABORT, 'rows of observation are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER observation_is_not_replaced BEFORE INSERT ON observation
WHEN EXISTS (
    SELECT 1
    FROM observation
    WHERE series_id = NEW.series_id
      AND end_date = NEW.end_date
      AND start_date = NEW.start_date
      AND published_at = NEW.published_at
      AND revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'rows of observation are never replaced');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_is_kept BEFORE DELETE ON rate
BEGIN
    SELECT RAISE(ABORT, 'rows of rate are never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_is_unchanged BEFORE UPDATE OF
    feed, base, quote, kind, end_date, start_date, published_at, revision, value, decimals,
    source_id, note
ON rate
BEGIN
    SELECT RAISE(ABORT, 'rows of rate are never changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER rate_is_not_replaced BEFORE INSERT ON rate
WHEN EXISTS (
    SELECT 1
    FROM rate
    WHERE feed = NEW.feed
      AND base = NEW.base
      AND quote = NEW.quote
      AND kind = NEW.kind
      AND end_date = NEW.end_date
      AND start_date = NEW.start_date
      AND published_at = NEW.published_at
      AND revision = NEW.revision)
BEGIN
    SELECT RAISE(ABORT, 'rows of rate are never replaced');
END;
-- +goose StatementEnd
