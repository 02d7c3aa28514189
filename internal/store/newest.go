package store

import "bellwether/internal/query"

// sinceNewest is the condition that a period ends less than 13 months before
// the n-th newest end of a series of its family, or later: months differ in
// length, so it is one more than a year. By the rules of the statement standing
// a version that does not stand or is not visible makes no end; a series with
// fewer ends has one before all.
//
// SQLite goes from series to observations and works it out once for each series.
// The planner of PostgreSQL does so for each row, which takes longer than
// reading everything.
const sinceNewest = `
  AND o.end_date > (
    SELECT DATE(MIN(COALESCE((
      SELECT DISTINCT n.end_date
      FROM observation n
      JOIN revision nr ON nr.id = n.revision
      LEFT JOIN revision nu ON nu.undoes = n.revision AND nu.recorded_at <= :recorded
      WHERE n.series_id = c.id
        AND n.published_at <= :published
        AND nr.recorded_at <= :recorded
        AND nr.id <= :change
        AND nu.id IS NULL
      ORDER BY n.end_date DESC
      LIMIT 1 OFFSET :newer
    ), '1000-01-01')), '-13 months')
    FROM series c
    WHERE c.family = s.family
  )`

// pickingNewest is picking for the statement standing that reads of each family
// only what the rows of the newest ends of its series need.
func (s *Store) pickingNewest(sel query.Selection) picking {
	return func(into args) string {
		into["newer"] = sel.Newest - 1
		return where(s.dialect, sel, into) + sinceNewest
	}
}
