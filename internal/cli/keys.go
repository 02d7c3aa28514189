package cli

import (
	"crypto/rand"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bellwether/internal/apikey"
	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/term"
)

func (s *session) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Create, list and revoke API keys",
		Long: `Create, list and revoke API keys. A key is printed once, when it is created;
only a hash of it is kept. Roles: a reader reads where read_access is key; an
editor also imports, publishes and cancels; an admin also manages keys and the
catalogue.`,
	}
	cmd.AddCommand(s.keysCreate(), s.keysList(), s.keysRevoke())
	return cmd
}

func (s *session) keysCreate() *cobra.Command {
	var role, name, expires string
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Create a key and print it alone on standard output",
		Example: `  KEY=$(bellwether keys create --role editor --name "desk 4")
  bellwether keys create --role reader --name dashboard --expires 90d`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			key := obs.Key{Name: name, Role: obs.Role(role), Created: s.clock().UTC()}
			if err := checkKey(&key, expires); err != nil {
				return err
			}
			return s.createKey(cmd, key)
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "reader, editor or admin")
	cmd.Flags().StringVar(&name, "name", "", "who or what uses it; shown in the audit log")
	cmd.Flags().StringVar(&expires, "expires", "", "how long it is good, such as 90d or 12h (default for ever)")
	return cmd
}

func checkKey(key *obs.Key, expires string) error {
	switch key.Role {
	case obs.Reader, obs.Editor, obs.Admin:
	default:
		return usage(fmt.Errorf("--role is %q; it is reader, editor or admin", key.Role))
	}
	if strings.TrimSpace(key.Name) == "" {
		return usage(fmt.Errorf("--name is missing"))
	}
	if obs.IsCommand(key.Name) {
		return usage(fmt.Errorf("--name is %q, as one of the service's own commands is called; give the key another name", key.Name))
	}
	if expires == "" {
		return nil
	}
	length, err := parseLength(expires)
	if err != nil || length <= 0 {
		return usage(fmt.Errorf("--expires is %q; it is a length such as 90d or 12h", expires))
	}
	key.Expires = key.Created.Add(length)
	return nil
}

// parseLength reads a duration that may be given in days.
func parseLength(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

func (s *session) createKey(cmd *cobra.Command, key obs.Key) error {
	a, err := s.open(cmd, app.Create)
	if err != nil {
		return err
	}
	defer a.Close()
	text, made, err := apikey.New(rand.Reader)
	if err != nil {
		return err
	}
	key.ID = made.ID
	if err := a.Store.CreateKey(cmd.Context(), key, made.Hash); err != nil {
		return err
	}
	if err := s.audit(cmd.Context(), a, "key.create", key.ID); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.Out, text)
	return err
}

// listedKey is a key as JSON.
type listedKey struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Role    obs.Role   `json:"role"`
	State   string     `json:"state"`
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires"`
	Revoked *time.Time `json:"revoked"`
	Used    *time.Time `json:"used"`
}

func (s *session) keysList() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the keys, without their secrets",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open(cmd, app.Open)
			if err != nil {
				return err
			}
			defer a.Close()
			keys, err := a.Store.Keys(cmd.Context())
			if err != nil {
				return err
			}
			return s.printKeys(keys)
		},
	}
	s.addJSON(cmd)
	return cmd
}

func (s *session) printKeys(keys []obs.Key) error {
	if s.json {
		listed := []listedKey{}
		for _, k := range keys {
			listed = append(listed, listedKey{k.ID, k.Name, k.Role, keyState(k, s.clock()), k.Created, instant(k.Expires), instant(k.Revoked), instant(k.Used)})
		}
		return s.printJSON(listed)
	}
	rows := [][]string{{"id", "name", "role", "state", "created", "expires", "used"}}
	for _, k := range keys {
		rows = append(rows, []string{k.ID, k.Name, string(k.Role), keyState(k, s.clock()), minute(k.Created), minute(k.Expires), minute(k.Used)})
	}
	return term.Table(s.Out, make([]term.Align, len(rows[0])), rows)
}

// instant is nil for no instant.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// keyState says whether a key is good now: active, expired or revoked.
func keyState(k obs.Key, now time.Time) string {
	switch {
	case !k.Revoked.IsZero():
		return "revoked"
	case !k.Expires.IsZero() && !k.Expires.After(now):
		return "expired"
	}
	return "active"
}

// minute is an instant to the minute in UTC, or a dash for none.
func minute(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}

func (s *session) keysRevoke() *cobra.Command {
	return &cobra.Command{
		Use:     "revoke ID",
		Short:   "Revoke a key at once",
		Example: "  bellwether keys revoke 3f9a0c12ab45",
		Args:    exactly("ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open(cmd, app.Open)
			if err != nil {
				return err
			}
			defer a.Close()
			if err := a.Store.RevokeKey(cmd.Context(), args[0], s.clock().UTC()); err != nil {
				return err
			}
			s.say("key %s is revoked", fault.Clip(args[0]))
			return s.audit(cmd.Context(), a, "key.revoke", args[0])
		},
	}
}
