package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"bellwether/internal/fault"
)

func writeConfig(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bellwether.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadTakesFlagBeforeEnvironmentBeforeFileBeforeDefault(t *testing.T) {
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	AddFlags(flags, "listen", "log.level")
	if err := flags.Parse([]string{"--listen", "127.0.0.1:1"}); err != nil {
		t.Fatal(err)
	}
	c, origins, err := Load(Inputs{
		File:    writeConfig(t, "listen: 127.0.0.1:3\nread_access: key\nquery_timeout: 3s\nlog: {level: warn}\n"),
		Environ: []string{"BELLWETHER_LISTEN=127.0.0.1:2", "BELLWETHER_LOG_LEVEL=debug", "HOME=/"},
		Flags:   flags,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ key, got, want string }{
		{"listen", c.Listen + " " + origins["listen"].From, "127.0.0.1:1 flag"},
		{"log.level", c.Log.Level + " " + origins["log.level"].From, "debug environment"},
		{"read_access", c.ReadAccess + " " + origins["read_access"].From, "key file"},
		{"log.format", c.Log.Format + " " + origins["log.format"].From, "text default"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.key, c.got, c.want)
		}
	}
	if c.QueryTimeout != 3*time.Second {
		t.Errorf("query_timeout = %v, want 3s", c.QueryTimeout)
	}
}

func TestLoadRefusesWithTheNearestName(t *testing.T) {
	for _, c := range []struct {
		name     string
		in       Inputs
		code     fault.Code
		expected string
	}{
		{"a misspelt variable", Inputs{Environ: []string{"BELLWETHER_LISTN=x"}}, fault.ConfigUnknown, "BELLWETHER_LISTEN"},
		{"a misspelt key", Inputs{File: writeConfig(t, "office: {timezon: UTC}\n")}, fault.ConfigUnknown, "office.timezone"},
		{"a zone that is none", Inputs{Environ: []string{"BELLWETHER_OFFICE_TIMEZONE=Mars/North"}}, fault.ConfigInvalid, "Asia/Shanghai"},
		{"a network that is none", Inputs{Environ: []string{"BELLWETHER_TRUSTED_PROXIES=10.0.0.0/8,here"}}, fault.ConfigInvalid, "10.0.0.0/8"},
		{"a word for a number", Inputs{Environ: []string{"BELLWETHER_LIMITS_ROWS=abc"}}, fault.ConfigInvalid, "a whole number"},
		{"a number for a length of time", Inputs{File: writeConfig(t, "query_timeout: 15\n")}, fault.ConfigInvalid, "such as 15s"},
		{"no rows at all", Inputs{Environ: []string{"BELLWETHER_LIMITS_ROWS=0"}}, fault.ConfigInvalid, "more than 0"},
		{"a word for read access", Inputs{Environ: []string{"BELLWETHER_READ_ACCESS=all"}}, fault.ConfigInvalid, "public or key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Load(c.in)
			if got := fault.CodeOf(err); got != c.code {
				t.Fatalf("code %q, want %q (%v)", got, c.code, err)
			}
			if got := fault.From(err).Expected; !strings.Contains(got, c.expected) {
				t.Errorf("expected %q, want it to name %q", got, c.expected)
			}
		})
	}
}

func TestEverySettingReachesTheConfig(t *testing.T) {
	for _, s := range Settings() {
		value := "7"
		switch s.Default.(type) {
		case time.Duration:
			value = "7s"
		case []string:
			value = map[string]string{"rates.fetch": "ecb=7h", "rates.address": "ecb=https://seven.example/a"}[s.Key]
			if value == "" {
				value = "7.0.0.0/8"
			}
		case bool:
			value = "true"
		case string:
			value = map[string]string{"read_access": "key", "log.level": "error", "log.format": "json",
				"office.timezone": "Asia/Shanghai", "public_url": "https://seven.example"}[s.Key]
			if value == "" {
				value = "seven"
			}
		}
		before, _, err := Load(Inputs{})
		if err != nil {
			t.Fatal(err)
		}
		after, _, err := Load(Inputs{Environ: []string{EnvironmentName(s.Key) + "=" + value}})
		if err != nil {
			t.Fatalf("%s: %v", s.Key, err)
		}
		if same(before, after) {
			t.Errorf("%s = %s changes nothing in the configuration", s.Key, value)
		}
	}
}

func TestRatesAreFetchedOnlyFromWhereTheyMay(t *testing.T) {
	for value, good := range map[string]bool{
		"RATES_FETCH=ecb=24h":                                   true,
		"RATES_FETCH=ecb=1m":                                    false,
		"RATES_FETCH=ecb":                                       false,
		"RATES_FETCH=ecb=24h,ecb=12h":                           false,
		"RATES_FETCH=nope=24h":                                  false,
		"RATES_FETCH=frb-h10=24h":                               false, // its address is not known
		"RATES_ADDRESS=ecb=http://127.0.0.1:8081/hist.zip":      true,
		"RATES_ADDRESS=ecb=http://mirror.example/hist.zip":      false,
		"RATES_ADDRESS=ecb=https://user:secret@mirror.example/": false,
		"RATES_PLAIN_HTTP=perhaps":                              false,
	} {
		_, _, err := Load(Inputs{Environ: []string{"BELLWETHER_" + value}})
		if good != (err == nil) || !good && fault.CodeOf(err) != fault.ConfigInvalid {
			t.Errorf("Load(%s) = %v, want it taken: %v", value, err, good)
		}
	}
}

func same(a, b Config) bool { return fmt.Sprint(a) == fmt.Sprint(b) }
