package store

import "context"

// OnWriter runs a statement on the connection that writes, for tests of what
// a disk or a file system would do to it.
func (s *Store) OnWriter(ctx context.Context, statement string) error {
	_, err := s.write.ExecContext(ctx, statement)
	return err
}

// Contradicts is contradicts, for the property that no cell that an import
// reads contradicts its value.
func Contradicts(cell, value string, indexed bool) bool { return contradicts(cell, value, indexed) }
