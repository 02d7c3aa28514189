package store

import (
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// InForce returns the statement of a Scan at the newest visible point, with
// its arguments as the driver takes them, for one who measures the database
// by itself. Its columns are those of a version, then the newest change.
func (s *Store) InForce(sel query.Selection, at vintage.Point) (text string, arguments []any, err error) {
	named := args{"published": s.dialect.instant(at.Published)}
	return s.read.BindNamed(s.selecting("in_force", s.picking(sel), named), named)
}
