package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// Profiles returns the newest version of every profile that is not retired, by
// name.
func (s *Store) Profiles(ctx context.Context) (all []obs.Profile, err error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	err = s.each(ctx, "profiles", args{}, func(rows *sqlx.Rows) error {
		p, err := scanProfile(rows.Scan)
		all = append(all, p)
		return err
	})
	return all, failure(ctx, err)
}

// Profile returns a version of a profile, the newest one where version is 0. A
// fault of kind NotFound with code unknown_profile says that there is none, or
// that the newest one is retired; an earlier version of a retired profile is
// still there for what was read with it.
func (s *Store) Profile(ctx context.Context, name string, version int) (obs.Profile, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	p, err := scanProfile(func(into ...any) error {
		return s.row(ctx, "profile", args{"name": name, "version": version}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && p.Retired() {
		return obs.Profile{}, unknownProfile(name)
	}
	return p, failure(ctx, err)
}

func unknownProfile(name string) error {
	return fault.New(fault.NotFound, fault.UnknownProfile, "there is no profile %q", fault.Clip(name)).
		With(fault.Item{Code: fault.UnknownProfile, Parameter: "profile", Value: fault.Clip(name)})
}

func scanProfile(scan func(...any) error) (p obs.Profile, err error) {
	var at any
	err = scan(&p.Name, &p.Version, &p.Text, &at, &p.By)
	if err == nil {
		p.At = asInstant(at)
	}
	return p, err
}

// PutProfile keeps a text as the next version of a profile and returns it; the
// text that its newest version has makes none. An empty text retires the
// profile: unknown_profile where there is none. A fault of kind Conflict with
// code profile_changed says that somebody else wrote it at the same time.
func (s *Store) PutProfile(ctx context.Context, name, text, by string) (p obs.Profile, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		p, err = scanProfile(func(into ...any) error {
			return t.row(ctx, "profile", args{"name": name, "version": 0}, into...)
		})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if text == "" && p.Retired() {
			return unknownProfile(name)
		}
		if p.Text == text {
			return nil
		}
		done, err := t.statement(ctx, "put_profile").ExecContext(ctx, args{
			"name": name, "body": text, "at": s.dialect.instant(t.now), "author": by, "after": p.Version})
		if err != nil {
			return err
		}
		if added, err := done.RowsAffected(); err != nil || added == 0 {
			return errors.Join(err, fault.New(fault.Conflict, fault.ProfileChanged, "somebody else wrote the profile %q at the same time", name).
				Expect("look at it again"))
		}
		p = obs.Profile{Name: name, Version: p.Version + 1, Text: text, At: t.now, By: by}
		return nil
	})
	return p, err
}
