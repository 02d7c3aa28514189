package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/profile"
)

// profileHead is a profile in the list of them.
type profileHead struct {
	Name    string    `json:"name"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

type profileEntry struct {
	profileHead
	Settings json.RawMessage `json:"settings"`
	Text     string          `json:"text"`
}

func headOf(p obs.Profile) profileHead {
	return profileHead{Name: p.Name, Version: p.Version, At: p.At.UTC(), By: p.By}
}

func listProfiles(a *API, v *visit, _ *question) error {
	all, err := a.store.Profiles(v.Request().Context())
	if err != nil {
		return err
	}
	list := struct {
		Profiles []profileHead `json:"profiles"`
	}{Profiles: []profileHead{}}
	for _, p := range all {
		list.Profiles = append(list.Profiles, headOf(p))
	}
	return v.json(http.StatusOK, list)
}

// getProfile gives the text as it was kept, or what it says as JSON.
func getProfile(a *API, v *visit, q *question) error {
	kept, err := a.store.Profile(v.Request().Context(), q.path["name"], q.values.number("version"))
	if err != nil {
		return err
	}
	v.Response().Header().Set("Vary", "Accept")
	if q.format == inYAML {
		v.Response().Header().Set("ETag", profileTag(kept, inYAML))
		return v.blob(inYAML.contentType(), []byte(kept.Text))
	}
	return v.profile(http.StatusOK, kept, inJSON)
}

// profile answers a profile as JSON, with the tag of one of its forms.
func (v *visit) profile(status int, p obs.Profile, tagged format) error {
	settings, err := profile.Parse([]byte(p.Text))
	if err != nil {
		return err
	}
	v.Response().Header().Set("ETag", profileTag(p, tagged))
	return v.json(status, profileEntry{headOf(p), json.RawMessage(settings.Canonical()), p.Text})
}

// profileTag is the entity tag of a version in a format.
func profileTag(p obs.Profile, f format) string {
	if f == inJSON {
		return `"` + strconv.Itoa(p.Version) + `-json"`
	}
	return `"` + strconv.Itoa(p.Version) + `"`
}

// putProfile keeps the body as the next version of a profile. The answer has
// the tag of the text as it came.
func putProfile(a *API, v *visit, q *question) error {
	text, err := readProfile(v)
	if err != nil {
		return err
	}
	if _, err := profile.ToKeep(q.path["name"], text); err != nil {
		return err
	}
	before, kept, err := a.changeProfile(v, obs.ProfileChange{Name: q.path["name"], Text: string(text), By: v.caller.Name})
	if err != nil {
		return err
	}
	if kept.Version == before.Version {
		return v.profile(http.StatusOK, kept, inYAML)
	}
	a.audit(v, "profile.put", profile.Ref{Name: kept.Name, Version: kept.Version}.String())
	v.Response().Header().Set("Location", a.link("/v1/profiles/"+kept.Name+"?version="+strconv.Itoa(kept.Version)))
	return v.profile(http.StatusCreated, kept, inYAML)
}

func retireProfile(a *API, v *visit, q *question) error {
	if _, _, err := a.changeProfile(v, obs.ProfileChange{Name: q.path["name"], By: v.caller.Name}); err != nil {
		return err
	}
	a.audit(v, "profile.retire", q.path["name"])
	return v.NoContent(http.StatusNoContent)
}

// changeProfile makes a change where what is there is what the request's
// conditions ask for, and returns what was there.
func (a *API) changeProfile(v *visit, c obs.ProfileChange) (before, after obs.Profile, err error) {
	ctx := v.Request().Context()
	before, err = a.store.Profile(ctx, c.Name, 0)
	if err != nil && fault.CodeOf(err) != fault.UnknownProfile {
		return before, after, err
	}
	if c.Over, err = over(v.Request().Header, before); err != nil {
		return before, after, err
	}
	after, err = a.store.PutProfile(ctx, c)
	if c.Over != nil && fault.CodeOf(err) == fault.ProfileChanged {
		err = preconditionFailed()
	}
	return before, after, err
}

// over is the version that a change is to follow after the conditions of its
// request, nil where it has none. What is there has version 0 where nothing is.
func over(h http.Header, there obs.Profile) (*int, error) {
	match, none := h.Values("If-Match"), h.Values("If-None-Match")
	if len(match) > 0 && (there.Version == 0 || !tagged(match, there)) ||
		len(none) > 0 && there.Version > 0 && tagged(none, there) {
		return nil, preconditionFailed()
	}
	if len(match)+len(none) == 0 {
		return nil, nil
	}
	return &there.Version, nil
}

// tagged reports whether a list of tags names the profile, compared strongly.
func tagged(header []string, p obs.Profile) bool {
	for _, list := range header {
		for tag := range strings.SplitSeq(list, ",") {
			if slices.Contains([]string{"*", profileTag(p, inYAML), profileTag(p, inJSON)}, strings.TrimSpace(tag)) {
				return true
			}
		}
	}
	return false
}

func preconditionFailed() error {
	return fault.New(fault.Conflict, fault.PreconditionFailed, "what is there is not what If-Match or If-None-Match asks for").
		Expect("the ETag of what is there now")
}

// readProfile takes the body, of any media type but a form.
func readProfile(v *visit) ([]byte, error) {
	if err := uncoded(v.Request()); err != nil {
		return nil, err
	}
	if isForm(v.Request()) {
		return nil, fault.New(fault.Unsupported, fault.UnsupportedMediaType, "the body is a form").Expect("the text of the profile as the body")
	}
	text, err := io.ReadAll(http.MaxBytesReader(v.Response(), v.Request().Body, profile.MaxBytes))
	if err != nil {
		return nil, bodyFault(err, profile.MaxBytes)
	}
	return text, nil
}

// readWith is what a file is read with, and where that is written down.
type readWith struct {
	settings ingest.Settings
	from     string // such as nbs@3; empty where the request says it all
}

// readWith takes the profile that a request names or that came with the file,
// and the request's settings on top.
func (a *API) readWith(ctx context.Context, q *question, handed *handedProfile) (r readWith, err error) {
	named := q.values.get("profile")
	switch {
	case named != "" && handed != nil:
		return r, fault.New(fault.Invalid, fault.ParameterConflict, "the form has a profile and the request names another").
			With(fault.Item{Code: fault.ParameterConflict, Parameter: "profile", Value: named, Expected: "one of the two"})
	case named != "":
		r, err = a.readKept(ctx, named)
	case handed != nil:
		r.from = handed.name
		r.settings, err = profile.Parse(handed.text)
	}
	if err == nil {
		r.settings, err = q.settings(r.settings)
	}
	return r, err
}

// readKept takes a profile that is kept.
func (a *API) readKept(ctx context.Context, named string) (r readWith, err error) {
	ref, err := profile.ParseRef(named)
	if err != nil {
		return r, err
	}
	kept, err := a.store.Profile(ctx, ref.Name, ref.Version)
	if err != nil {
		return r, err
	}
	r.from = profile.Ref{Name: kept.Name, Version: kept.Version}.String()
	r.settings, err = profile.Parse([]byte(kept.Text))
	return r, err
}

// handedProfile is a profile that came in a form.
type handedProfile struct {
	name string // of its file; never one that a kept profile could have
	text []byte
}

// takeProfile reads a profile in a form. One that is too long is cut behind the
// bound, so that it is found to be.
func takeProfile(from io.Reader, name string) (*handedProfile, error) {
	text, err := io.ReadAll(io.LimitReader(from, profile.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = "profile"
	}
	name = fault.Clip(baseName(name))
	if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
		name += ".yaml"
	}
	return &handedProfile{name, text}, nil
}
