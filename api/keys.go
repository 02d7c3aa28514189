package api

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"

	"bellwether/internal/apikey"
	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// keyBytes bounds the body that creates a key.
const keyBytes = 64 << 10

type keyEntry struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Role    obs.Role   `json:"role"`
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires"`
	Revoked *time.Time `json:"revoked"`
	Used    *time.Time `json:"used"`
}

func keyOf(k obs.Key) keyEntry {
	return keyEntry{
		ID: k.ID, Name: k.Name, Role: k.Role, Created: k.Created.UTC(),
		Expires: instantOf(k.Expires), Revoked: instantOf(k.Revoked), Used: instantOf(k.Used),
	}
}

// instantOf is nil for the zero time.
func instantOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func listKeys(a *API, v *visit, _ *question) error {
	all, err := a.store.Keys(v.Request().Context())
	if err != nil {
		return err
	}
	list := struct {
		Keys []keyEntry `json:"keys"`
	}{Keys: []keyEntry{}}
	for _, k := range all {
		list.Keys = append(list.Keys, keyOf(k))
	}
	return v.json(http.StatusOK, list)
}

// newKey is what a key is created from.
type newKey struct {
	Name    string     `json:"name"`
	Role    obs.Role   `json:"role"`
	Expires *time.Time `json:"expires"`
}

func createKey(a *API, v *visit, _ *question) error {
	asked, err := readKey(v)
	if err != nil {
		return err
	}
	if now := a.clock(); asked.Expires != nil && !asked.Expires.After(now) {
		return invalid([]fault.Item{{Code: fault.InvalidParameter, Parameter: "expires", Value: asked.Expires.Format(time.RFC3339), Expected: "an instant after " + now.UTC().Format(time.RFC3339) + ", or nothing for a key that does not expire"}})
	}
	text, secret, err := apikey.New(rand.Reader)
	if err != nil {
		return err
	}
	key := obs.Key{ID: secret.ID, Name: asked.Name, Role: asked.Role, Created: a.clock().UTC().Truncate(time.Microsecond)}
	if asked.Expires != nil {
		key.Expires = asked.Expires.UTC().Truncate(time.Microsecond)
	}
	if err := a.store.CreateKey(v.Request().Context(), key, secret.Hash); err != nil {
		return err
	}
	a.audit(v, "key.create", key.ID)
	return v.json(http.StatusCreated, struct {
		Key string `json:"key"`
		keyEntry
	}{text, keyOf(key)})
}

// readKey reads the body strictly.
func readKey(v *visit) (newKey, error) {
	var k newKey
	if kind, _, err := mime.ParseMediaType(v.Request().Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return k, fault.New(fault.Unsupported, fault.UnsupportedMediaType, "the body is not JSON").Expect("Content-Type: application/json")
	}
	if err := uncoded(v.Request()); err != nil {
		return k, err
	}
	decoder := json.NewDecoder(http.MaxBytesReader(v.Response(), v.Request().Body, keyBytes))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&k)
	if err == nil && decoder.More() {
		err = errors.New("more than one value")
	}
	if err != nil {
		return k, bodyFault(err, keyBytes)
	}
	var items []fault.Item
	if k.Name == "" || len(k.Name) > 100 || strings.ContainsFunc(k.Name, isControl) || obs.IsCommand(k.Name) {
		items = append(items, fault.Item{Code: fault.InvalidParameter, Parameter: "name", Value: k.Name, Expected: "a name of 1 to 100 bytes that is none of the service's own commands"})
	}
	if ranks[k.Role] == 0 {
		items = append(items, fault.Item{Code: fault.InvalidParameter, Parameter: "role", Value: string(k.Role), Expected: "reader, editor or admin"})
	}
	if len(items) > 0 {
		return k, invalid(items)
	}
	return k, nil
}

// bodyFault says why a body could not be read.
func bodyFault(err error, limit int64) error {
	var over *http.MaxBytesError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fault.Wrap(err, fault.Invalid, fault.BodyTimeout, "the body did not come whole in the time that a request may take")
	case errors.As(err, &over):
		return fault.New(fault.TooLarge, fault.BodyTooLarge, "the body is over %d bytes", limit).Expect("at most %d bytes", limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, fault.BodyInterrupted, "the body ended before it was whole")
	}
	return fault.New(fault.Invalid, fault.MalformedBody, "the body is not what it says it is")
}

func revokeKey(a *API, v *visit, q *question) error {
	ctx, id := v.Request().Context(), q.path["id"]
	if err := a.store.RevokeKey(ctx, id, a.clock().UTC()); err != nil {
		return err
	}
	a.audit(v, "key.revoke", id)
	return v.NoContent(http.StatusNoContent)
}

// json writes a small result that no cache may keep.
func (v *visit) json(status int, result any) error {
	body, err := encode.Marshal(result)
	if err != nil {
		return err
	}
	return v.respond(status, inJSON.contentType(), body)
}
