package api

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"bellwether/internal/apikey"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// access says who may use a route.
type access uint8

const (
	forAll     access = iota // everybody, always
	forReaders               // everybody, or who has a key where reading needs one
	forEditors
	forAdmins
)

// ranks orders the roles; each may what the ones below it may.
var ranks = map[obs.Role]int{obs.Reader: 1, obs.Editor: 2, obs.Admin: 3}

// rank is the least role that a route needs; 0: none.
func (a *API) rank(need access) int {
	switch need {
	case forAll:
		return 0
	case forEditors:
		return ranks[obs.Editor]
	case forAdmins:
		return ranks[obs.Admin]
	}
	if a.config.ReadAccess == WithKey {
		return ranks[obs.Reader]
	}
	return 0
}

// authorize finds out who asks and whether they may. A request without a key
// has no caller. A key that is not good is refused also where none is needed,
// so that nobody believes in a key that does not work.
func (a *API) authorize(r *http.Request, need access) (caller *obs.Key, err error) {
	header := r.Header["Authorization"]
	rank := a.rank(need)
	if len(header) == 0 || need == forAll {
		if rank > 0 {
			return nil, fault.New(fault.Unauthenticated, fault.KeyMissing, "this needs a key").
				Expect("Authorization: Bearer <key>, or Basic with the key as password")
		}
		return nil, nil
	}
	text, basic, err := keyText(r)
	if err != nil {
		return nil, err
	}
	if basic && isCrossSite(r) {
		return nil, fault.New(fault.Forbidden, fault.CrossSiteRequest, "a stored password is not taken from another site").
			Expect("Authorization: Bearer <key>")
	}
	key, err := a.verify(r.Context(), text)
	if err != nil {
		return nil, err
	}
	if ranks[key.Role] < rank {
		return nil, fault.New(fault.Forbidden, fault.RoleTooSmall, "the key %q has the role %s", key.Name, key.Role).
			Expect("a key with a higher role")
	}
	return &key, nil
}

// keyText takes the key from the request.
func keyText(r *http.Request) (text string, basic bool, err error) {
	if _, password, ok := r.BasicAuth(); ok {
		return password, true, nil
	}
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "bearer") {
		return strings.TrimSpace(rest), false, nil
	}
	return "", false, fault.New(fault.Unauthenticated, fault.KeyInvalid, "the Authorization header is neither Bearer nor Basic").
		Expect("Authorization: Bearer <key>, or Basic with the key as password")
}

// isCrossSite tells writes that a browser sends for another site. Browsers add
// a stored Basic password by themselves, so a page elsewhere could use it.
func isCrossSite(r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return false
	}
	return http.NewCrossOriginProtection().Check(r) != nil
}

// verify looks a key up and holds it against the stored hash in constant
// time. Every key that is not good is refused alike.
func (a *API) verify(ctx context.Context, text string) (obs.Key, error) {
	given, err := apikey.Parse(text)
	if err != nil {
		return obs.Key{}, err
	}
	key, hash, err := a.store.KeyByID(ctx, given.ID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return obs.Key{}, err
	}
	now := a.clock()
	good := given.Matches(hash) && err == nil && key.Revoked.IsZero()
	if !good || !key.Expires.IsZero() && !now.Before(key.Expires) {
		return obs.Key{}, fault.New(fault.Unauthenticated, fault.KeyInvalid, "the key is not known, or revoked, or over its time")
	}
	a.uses.note(key.ID, now)
	return key, nil
}

// uses gathers when keys were used; they are written down from time to time.
type uses struct {
	mu   sync.Mutex
	last map[string]time.Time
}

func (u *uses) note(id string, at time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.last == nil {
		u.last = map[string]time.Time{}
	}
	u.last[id] = at
}

// take returns what was gathered and starts anew.
func (u *uses) take() map[string]time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.last
	u.last = nil
	return all
}
