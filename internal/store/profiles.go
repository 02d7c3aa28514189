package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
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
// that the newest one is retired, and expects the nearest that there are; an earlier version of a retired profile is
// still there for what was read with it.
func (s *Store) Profile(ctx context.Context, name string, version int) (obs.Profile, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	p, err := scanProfile(func(into ...any) error {
		return s.row(ctx, "profile", args{"name": name, "version": version}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && p.Retired() {
		return obs.Profile{}, s.unknownProfile(ctx, name, version)
	}
	return p, failure(ctx, err)
}

// unknownProfile says which profiles there are, the nearest names first.
func (s *Store) unknownProfile(ctx context.Context, name string, version int) error {
	all, err := s.Profiles(ctx)
	if err != nil {
		return err
	}
	near := fault.Clip(name)
	slices.SortStableFunc(all, func(a, b obs.Profile) int {
		return levenshtein.ComputeDistance(near, a.Name) - levenshtein.ComputeDistance(near, b.Name)
	})
	var names []string
	for _, p := range all[:min(len(all), nearestProfiles)] {
		names = append(names, p.Name)
	}
	return unknownProfile(name, version, strings.Join(names, ", "))
}

// nearestProfiles is how many profiles are named in place of one that is not there.
const nearestProfiles = 5

func unknownProfile(name string, version int, expected string) error {
	e := fault.New(fault.NotFound, fault.UnknownProfile, "there is no profile %q", fault.Clip(name))
	if version > 0 {
		e = fault.New(fault.NotFound, fault.UnknownProfile, "there is no version %d of a profile %q", version, fault.Clip(name))
	}
	if expected != "" {
		e = e.Expect("%s", expected)
	}
	return e.With(fault.Item{Code: fault.UnknownProfile, Parameter: "profile", Value: fault.Clip(name), Expected: expected})
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
			return unknownProfile(c.Name, 0, "")
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
