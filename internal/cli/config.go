package cli

import (
	"fmt"
	"net/url"
	"runtime"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/term"
)

// shownSetting is one line of the configuration as JSON.
type shownSetting struct {
	Key         string `json:"key"`
	Value       any    `json:"value"`
	From        string `json:"from"`
	Environment string `json:"environment"`
	Usage       string `json:"usage"`
}

func (s *session) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show every setting, its value and where it comes from",
		Long: `Show every setting, its value and where it comes from: default, file,
environment or flag. The output is itself a configuration file.`,
		Example: `  bellwether config
  BELLWETHER_READ_ACCESS=key bellwether config --json
  bellwether config > bellwether.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, origins, err := s.load(cmd)
			if err != nil {
				return err
			}
			return s.showConfig(origins)
		},
	}
	s.addJSON(cmd)
	return cmd
}

func (s *session) showConfig(origins app.Origins) error {
	var shown []shownSetting
	for _, setting := range app.Settings() {
		origin := origins[setting.Key]
		value := origin.Value
		if setting.Key == "database" {
			value = withoutPassword(fmt.Sprint(value))
		}
		shown = append(shown, shownSetting{setting.Key, value, origin.From, app.EnvironmentName(setting.Key), setting.Usage})
	}
	if s.json {
		return s.printJSON(shown)
	}
	for _, line := range shown {
		term.Setting(s.Out, line.Key, line.Value, line.From, line.Usage)
	}
	return nil
}

// secretParameters are the parameters of a database address that nobody is to
// read.
var secretParameters = []string{"password", "sslpassword", "passfile"}

// withoutPassword hides the password of a database address, wherever it
// stands.
func withoutPassword(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn
	}
	query := u.Query()
	hidden := false
	for _, name := range secretParameters {
		if query.Has(name) {
			query.Set(name, "xxxxx")
			hidden = true
		}
	}
	if hidden {
		u.RawQuery = query.Encode()
	}
	if u.User == nil && !hidden {
		return dsn
	}
	return u.Redacted()
}

func (s *session) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			version := map[string]string{
				"version": app.Version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
			}
			if s.json {
				return s.printJSON(version)
			}
			_, err := fmt.Fprintf(s.Out, "bellwether %s (%s, %s)\n", version["version"], version["go"], version["platform"])
			return err
		},
	}
	s.addJSON(cmd)
	return cmd
}
