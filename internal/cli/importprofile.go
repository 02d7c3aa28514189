package cli

import (
	"context"
	"path/filepath"
	"strings"

	"bellwether/internal/ingest"
	"bellwether/internal/profile"
	"bellwether/internal/store"
)

// readWith is what files are read with: a profile, and settings on top of it.
type readWith struct {
	ref   profile.Ref // of a profile that is kept; no name: none
	file  []byte      // a profile in a file of its own; nil: none
	name  string      // of that file
	onTop func(ingest.Settings) (ingest.Settings, error)
}

// readWith takes --profile, --dataset and --set. What can be checked without
// the kept profile is checked.
func (o importOptions) readWith() (readWith, error) {
	r := readWith{onTop: o.settings}
	var err error
	switch {
	case o.profile == "":
	case isProfileFile(o.profile):
		r.name = filepath.Base(o.profile)
		if r.file, err = readBounded(o.profile, profile.MaxBytes); err != nil {
			return r, err
		}
	default:
		r.ref, err = profile.ParseRef(o.profile)
		return r, err
	}
	_, _, err = r.settings(context.Background(), nil)
	return r, err
}

// isProfileFile tells a file from the name of a profile, which has neither
// dots nor slashes.
func isProfileFile(text string) bool { return strings.ContainsAny(text, `./\`) }

// settings returns what files are read with, and where it is written down.
func (r readWith) settings(ctx context.Context, kept *store.Store) (settings ingest.Settings, from string, err error) {
	switch {
	case r.file != nil:
		from = r.name
		settings, err = profile.Parse(r.file)
	case r.ref.Name != "":
		settings, from, err = keptSettings(ctx, kept, r.ref)
	}
	if err == nil {
		settings, err = r.onTop(settings)
	}
	return settings, from, err
}

// keptSettings returns what a kept profile says, and its name and version.
func keptSettings(ctx context.Context, kept *store.Store, ref profile.Ref) (ingest.Settings, string, error) {
	p, err := kept.Profile(ctx, ref.Name, ref.Version)
	if err != nil {
		return ingest.Settings{}, "", err
	}
	settings, err := profile.Parse([]byte(p.Text))
	return settings, profile.Ref{Name: p.Name, Version: p.Version}.String(), err
}

// pinned stays with the version of a kept profile that a first reading was made
// with, so that what is published is what was looked at.
func (r readWith) pinned(from string) readWith {
	if ref, err := profile.ParseRef(from); err == nil && r.ref.Name != "" {
		r.ref = ref
	}
	return r
}
