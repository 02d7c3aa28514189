package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/profile"
)

// profileHead is a kept profile in a list.
type profileHead struct {
	Name    string    `json:"name"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// keptProfile is a version of a profile.
type keptProfile struct {
	profileHead
	Settings json.RawMessage `json:"settings"`
	Text     string          `json:"text"`
}

// profileKeeper keeps profiles: in the database, or in a service elsewhere.
type profileKeeper interface {
	list(context.Context) ([]profileHead, error)
	show(context.Context, profile.Ref) (keptProfile, error)
	put(ctx context.Context, name string, text []byte) (kept profileHead, made bool, err error)
	retire(ctx context.Context, name string) error
}

// withProfiles does something with the profiles of the server, or of the
// database where none is named.
func (s *session) withProfiles(cmd *cobra.Command, server string, how opening, do func(profileKeeper) error) error {
	if server != "" {
		r, err := newRemote(server)
		if err != nil {
			return err
		}
		return do(remoteProfiles{r})
	}
	a, err := s.open(cmd, how)
	if err != nil {
		return err
	}
	defer a.Close()
	return do(localProfiles{s, a})
}

// localProfiles are those of the database.
type localProfiles struct {
	session *session
	app     *app.App
}

func headOf(p obs.Profile) profileHead { return profileHead{p.Name, p.Version, p.At.UTC(), p.By} }

func (l localProfiles) list(ctx context.Context) ([]profileHead, error) {
	all, err := l.app.Store.Profiles(ctx)
	heads := []profileHead{}
	for _, p := range all {
		heads = append(heads, headOf(p))
	}
	return heads, err
}

func (l localProfiles) show(ctx context.Context, ref profile.Ref) (keptProfile, error) {
	p, err := l.app.Store.Profile(ctx, ref.Name, ref.Version)
	if err != nil {
		return keptProfile{}, err
	}
	settings, err := profile.Parse([]byte(p.Text))
	return keptProfile{headOf(p), json.RawMessage(settings.Canonical()), p.Text}, err
}

func (l localProfiles) put(ctx context.Context, name string, text []byte) (profileHead, bool, error) {
	before, err := l.app.Store.Profile(ctx, name, 0)
	if err != nil && fault.CodeOf(err) != fault.UnknownProfile {
		return profileHead{}, false, err
	}
	kept, err := l.app.Store.PutProfile(ctx, obs.ProfileChange{Name: name, Text: string(text), By: obs.CommandLine})
	if err != nil || kept.Version == before.Version {
		return headOf(kept), false, err
	}
	return headOf(kept), true, l.session.audit(ctx, l.app, "profile.put", profile.Ref{Name: name, Version: kept.Version}.String())
}

func (l localProfiles) retire(ctx context.Context, name string) error {
	if _, err := l.app.Store.PutProfile(ctx, obs.ProfileChange{Name: name, By: obs.CommandLine}); err != nil {
		return err
	}
	return l.session.audit(ctx, l.app, "profile.retire", name)
}

// remoteProfiles are those of a service elsewhere.
type remoteProfiles struct{ *remote }

const profilesPath = "/v1/profiles"

func (r remoteProfiles) list(ctx context.Context) ([]profileHead, error) {
	answer := struct {
		Profiles []profileHead `json:"profiles"`
	}{}
	err := r.read(ctx, profilesPath, nil, &answer)
	return answer.Profiles, err
}

func (r remoteProfiles) show(ctx context.Context, ref profile.Ref) (kept keptProfile, err error) {
	query := url.Values{"format": {"json"}}
	if ref.Version > 0 {
		query.Set("version", strconv.Itoa(ref.Version))
	}
	err = r.read(ctx, profilesPath+"/"+ref.Name, query, &kept)
	return kept, err
}

func (r remoteProfiles) put(ctx context.Context, name string, text []byte) (profileHead, bool, error) {
	response, err := r.do(ctx, http.MethodPut, profilesPath+"/"+name, nil, bytes.NewReader(text), http.Header{"Content-Type": {"application/yaml"}})
	if err != nil {
		return profileHead{}, false, err
	}
	defer response.Body.Close()
	var kept keptProfile
	if err := json.NewDecoder(response.Body).Decode(&kept); err != nil {
		return profileHead{}, false, unreadable(err)
	}
	return kept.profileHead, response.StatusCode == http.StatusCreated, nil
}

func (r remoteProfiles) retire(ctx context.Context, name string) error {
	response, err := r.do(ctx, http.MethodDelete, profilesPath+"/"+name, nil, nil, nil)
	if err != nil {
		return err
	}
	return response.Body.Close()
}
