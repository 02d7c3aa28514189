package store

import (
	"context"
	"strings"
)

// OnWriter runs a statement on the connection that writes, for tests of what
// a disk or a file system would do to it.
func (s *Store) OnWriter(ctx context.Context, statement string) error {
	_, err := s.write.ExecContext(ctx, statement)
	return err
}

// Contradicts is contradicts, for the property that no cell that an import
// reads contradicts its value.
func Contradicts(cell, value string, indexed bool) bool { return contradicts(cell, value, indexed) }

// RetimingPlan returns how PostgreSQL would time the versions of a revision
// anew.
func (s *Store) RetimingPlan(ctx context.Context, revision int64) (string, error) {
	text, arguments, err := s.write.BindNamed("EXPLAIN "+s.texts["reorder_observation"], args{"revision": revision, "every": 0})
	if err != nil {
		return "", err
	}
	var lines []string
	err = s.write.SelectContext(ctx, &lines, text, arguments...)
	return strings.Join(lines, "\n"), err
}
