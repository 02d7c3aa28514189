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
// code profile_changed says that somebody else wrote it at the same time, or
// since the version that this one is to follow.
func (s *Store) PutProfile(ctx context.Context, c obs.ProfileChange) (p obs.Profile, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		p, err = scanProfile(func(into ...any) error {
			return t.row(ctx, "profile", args{"name": c.Name, "version": 0}, into...)
		})
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if c.Text == "" && p.Retired() {
			return unknownProfile(c.Name)
		}
		if c.Over != nil && *c.Over != inUse(p) {
			return profileChanged(c.Name)
		}
		if p.Text == c.Text {
			return nil
		}
		done, err := t.statement(ctx, "put_profile").ExecContext(ctx, args{
			"name": c.Name, "body": c.Text, "at": s.dialect.instant(t.now), "author": c.By, "after": p.Version})
		if err != nil {
			return err
		}
		if added, err := done.RowsAffected(); err != nil || added == 0 {
			return errors.Join(err, profileChanged(c.Name))
		}
		p = obs.Profile{Name: c.Name, Version: p.Version + 1, Text: c.Text, At: t.now, By: c.By}
		return nil
	})
	return p, err
}

// inUse is the version of a profile, 0 of one that is retired.
func inUse(p obs.Profile) int {
	if p.Retired() {
		return 0
	}
	return p.Version
}

func profileChanged(name string) error {
	return fault.New(fault.Conflict, fault.ProfileChanged, "somebody else wrote the profile %q in the meantime", fault.Clip(name)).
		Expect("look at it again")
}
