package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bellwether/internal/fault"
	"bellwether/migrations"
)

// Backup writes a consistent copy of the database to a new SQLite file, also
// while it is served. The copy is read back and verified under another name
// before the file appears. A file that is there is a fault backup_exists of
// kind Conflict.
func Backup(ctx context.Context, options Options, file string, progress func(done, total int)) error {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Conflict, fault.BackupExists, "the file is there already").Expect("the name of a new file")
	}
	dir, err := os.MkdirTemp(filepath.Dir(file), ".bellwether-backup-")
	if err != nil {
		return unwritable(err)
	}
	defer os.RemoveAll(dir)
	draft := filepath.Join(dir, "backup.db")
	if err := writeBackup(ctx, options, draft, progress); err != nil {
		return err
	}
	if err := synced(draft); err != nil {
		return unwritable(err)
	}
	// A link, unlike a rename, never takes the place of a file.
	if err := os.Link(draft, file); err != nil {
		return unwritable(err)
	}
	return nil
}

func unwritable(err error) error {
	return fault.Wrap(err, fault.Invalid, fault.BackupUnwritable, "the file cannot be written").Expect("a new file in a directory that can be written to")
}

func writeBackup(ctx context.Context, options Options, draft string, progress func(done, total int)) error {
	at, err := parseDSN(options.DSN)
	if err != nil {
		return err
	}
	target := options
	target.DSN = "sqlite:" + draft
	if at.engine == migrations.Postgres {
		return Copy(ctx, options, target, progress)
	}
	source, err := Open(ctx, options)
	if err != nil {
		return err
	}
	defer source.Close()
	if err := source.vacuumInto(ctx, draft); err != nil {
		return failure(ctx, err)
	}
	written, err := Open(ctx, target)
	if err != nil {
		return err
	}
	defer written.Close()
	return written.sound(ctx, progress)
}

// vacuumInto has SQLite write one snapshot of itself to another file. The
// writers of other processes go on meanwhile.
func (s *Store) vacuumInto(ctx context.Context, file string) error {
	_, err := s.write.ExecContext(ctx, "VACUUM INTO ?", file)
	return err
}

func synced(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
