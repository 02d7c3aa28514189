// Package app reads the configuration and joins the parts of the service:
// the store below, the use cases in the middle, the HTTP API on top. It holds
// no rule of the domain and prints nothing.
package app

import (
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"bellwether/internal/fault"
)

// Config is the whole configuration, with defaults filled in. Byte sizes are
// in bytes, durations in Go's notation (15s, 10m).
type Config struct {
	Database       string        `koanf:"database"`
	Listen         string        `koanf:"listen"`
	PublicURL      string        `koanf:"public_url"`
	ReadAccess     string        `koanf:"read_access"`
	Log            Log           `koanf:"log"`
	Office         Office        `koanf:"office"`
	RateLimit      Rate          `koanf:"rate_limit"`
	TrustedProxies []string      `koanf:"trusted_proxies"`
	Limits         Limits        `koanf:"limits"`
	Rates          Rates         `koanf:"rates"`
	CacheBytes     int           `koanf:"cache_bytes"`
	Connections    int           `koanf:"database_connections"`
	QueryTimeout   time.Duration `koanf:"query_timeout"`
	Server         Server        `koanf:"server"`
}

// Log says how the log is written.
type Log struct {
	Level  string `koanf:"level"`
	Format string `koanf:"format"`
}

// Office is whose figures these are. Timezone and Currency are bound to the
// database when it is created.
type Office struct {
	Name        Name   `koanf:"name"`
	URL         string `koanf:"url"`
	Contact     string `koanf:"contact"`
	Licence     string `koanf:"licence"`
	LicenceURL  string `koanf:"licence_url"`
	Attribution string `koanf:"attribution"`
	Timezone    string `koanf:"timezone"`
	Currency    string `koanf:"currency"`
}

// Name is a label in both languages.
type Name struct {
	En string `koanf:"en"`
	Zh string `koanf:"zh"`
}

// Rate limits one reader; PerSecond 0 is no limit.
type Rate struct {
	PerSecond int `koanf:"per_second"`
	Burst     int `koanf:"burst"`
}

// Limits bound what one file or one answer may hold.
type Limits struct {
	UploadBytes int `koanf:"upload_bytes"`
	Rows        int `koanf:"rows"`
	Columns     int `koanf:"columns"`
	CellBytes   int `koanf:"cell_bytes"`
	Errors      int `koanf:"errors"`
	CSVRows     int `koanf:"csv_rows"`
}

// Server holds the timeouts of the HTTP server.
type Server struct {
	ReadHeaderTimeout time.Duration `koanf:"read_header_timeout"`
	ReadTimeout       time.Duration `koanf:"read_timeout"`
	WriteTimeout      time.Duration `koanf:"write_timeout"`
	IdleTimeout       time.Duration `koanf:"idle_timeout"`
	ShutdownTimeout   time.Duration `koanf:"shutdown_timeout"`
}

// Origin is the value of one key as it was given, and where it came from:
// default, file, environment or flag.
type Origin struct {
	Value any
	From  string
}

// Origins tells of each key what it holds and where that came from.
type Origins map[string]Origin

// Inputs are the places that a configuration is read from.
type Inputs struct {
	File    string         // path of a YAML file; empty: none
	Environ []string       // KEY=value, as os.Environ gives it
	Flags   *pflag.FlagSet // only flags that were set count; may be nil
}

// Load reads the configuration: flags before environment before file before
// defaults. An unknown key or variable is refused with the nearest known one.
func Load(in Inputs) (Config, Origins, error) {
	k := koanf.New(".")
	origins := Origins{}
	layers := []struct {
		name string
		read func() (map[string]any, error)
	}{
		{"default", defaults},
		{"file", func() (map[string]any, error) { return fromFile(in.File) }},
		{"environment", func() (map[string]any, error) { return fromEnvironment(in.Environ) }},
		{"flag", func() (map[string]any, error) { return fromFlags(in.Flags), nil }},
	}
	for _, layer := range layers {
		values, err := layer.read()
		if err != nil {
			return Config{}, nil, err
		}
		for key, value := range values {
			origins[key] = Origin{value, layer.name}
		}
		if err := k.Load(confmap.Provider(values, "."), nil); err != nil {
			return Config{}, nil, fault.Wrap(err, fault.Invalid, fault.ConfigInvalid, "the %s cannot be read", layer.name)
		}
	}
	if err := checkTypes(k.All()); err != nil {
		return Config{}, nil, err
	}
	var c Config
	if err := k.Unmarshal("", &c); err != nil {
		return Config{}, nil, fault.New(fault.Invalid, fault.ConfigInvalid, "%s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	return c, origins, c.check()
}

func defaults() (map[string]any, error) {
	values := map[string]any{}
	for _, s := range Settings() {
		values[s.Key] = s.Default
	}
	return values, nil
}

func fromFile(path string) (map[string]any, error) {
	if path == "" {
		return nil, nil
	}
	k := koanf.New(".")
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, fault.ConfigInvalid, "the configuration file %s cannot be read", path)
	}
	known := knownKeys()
	values := k.All()
	for key := range values {
		if _, ok := known[key]; !ok {
			return nil, unknownKey(key, "key", mapKeys(known))
		}
	}
	return values, nil
}

// fromEnvironment reads variables; an empty one says nothing.
func fromEnvironment(environ []string) (map[string]any, error) {
	byName := map[string]Setting{}
	for _, s := range Settings() {
		byName[EnvironmentName(s.Key)] = s
	}
	values := map[string]any{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if value == "" || !strings.HasPrefix(name, "BELLWETHER_") || isForTests(name) {
			continue
		}
		setting, ok := byName[name]
		if !ok {
			return nil, unknownKey(name, "variable", mapKeys(byName))
		}
		values[setting.Key] = parseList(setting, value)
	}
	return values, nil
}

// isForTests tells the variables that only the project's tests read and those
// that commands read by themselves.
func isForTests(name string) bool {
	switch name {
	case "BELLWETHER_VECTORS", "BELLWETHER_ENGINES", "BELLWETHER_BROWSER", "BELLWETHER_OFFICE", "BELLWETHER_CRASHES", "BELLWETHER_KEY", "BELLWETHER_SERVER", "BELLWETHER_CONFIG":
		return true
	}
	return false
}

func parseList(s Setting, value string) any {
	if _, list := s.Default.([]string); !list {
		return value
	}
	return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
}

func fromFlags(flags *pflag.FlagSet) map[string]any {
	values := map[string]any{}
	if flags == nil {
		return values
	}
	for _, s := range Settings() {
		if f := flags.Lookup(FlagName(s.Key)); f != nil && f.Changed {
			values[s.Key] = parseList(s, f.Value.String())
		}
	}
	return values
}

// FlagName is the flag of a key: log.level is log-level.
func FlagName(key string) string {
	return strings.NewReplacer(".", "-", "_", "-").Replace(key)
}

// EnvironmentName is the variable of a key: log.level is BELLWETHER_LOG_LEVEL.
func EnvironmentName(key string) string {
	return "BELLWETHER_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// AddFlags offers the named keys as flags with their defaults in the help.
// The value of a flag that is not given comes from the other places.
func AddFlags(flags *pflag.FlagSet, keys ...string) {
	known := knownKeys()
	for _, key := range keys {
		s := known[key]
		usage := s.Usage
		if text := fmt.Sprint(s.Default); text != "" && text != "[]" {
			usage += " (default " + text + ")"
		}
		flags.String(FlagName(key), "", usage)
	}
}

func knownKeys() map[string]Setting {
	known := map[string]Setting{}
	for _, s := range Settings() {
		known[s.Key] = s
	}
	return known
}

func (c Config) check() error {
	if c.ReadAccess != "public" && c.ReadAccess != "key" {
		return invalid("read_access", c.ReadAccess, "public or key")
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		return invalid("log.format", c.Log.Format, "text or json")
	}
	if _, err := c.Log.level(); err != nil {
		return invalid("log.level", c.Log.Level, "debug, info, warn or error")
	}
	if c.Office.Timezone != "" {
		if _, err := time.LoadLocation(c.Office.Timezone); err != nil || c.Office.Timezone == "Local" {
			return invalid("office.timezone", c.Office.Timezone, "an IANA name such as Asia/Shanghai")
		}
	}
	if c.PublicURL != "" {
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return invalid("public_url", c.PublicURL, "an address such as https://data.example.org")
		}
	}
	for _, network := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(network); err != nil {
			return invalid("trusted_proxies", network, "a network such as 10.0.0.0/8")
		}
	}
	if err := c.Rates.check(); err != nil {
		return err
	}
	return c.checkNumbers()
}

func (c Config) checkNumbers() error {
	for key, n := range map[string]int{
		"limits.upload_bytes": c.Limits.UploadBytes, "limits.rows": c.Limits.Rows,
		"limits.columns": c.Limits.Columns, "limits.cell_bytes": c.Limits.CellBytes,
		"limits.errors": c.Limits.Errors, "limits.csv_rows": c.Limits.CSVRows,
		"database_connections": c.Connections, "rate_limit.burst": c.RateLimit.Burst,
		"query_timeout": int(c.QueryTimeout), "server.read_header_timeout": int(c.Server.ReadHeaderTimeout),
		"server.read_timeout": int(c.Server.ReadTimeout), "server.write_timeout": int(c.Server.WriteTimeout),
		"server.idle_timeout": int(c.Server.IdleTimeout), "server.shutdown_timeout": int(c.Server.ShutdownTimeout),
	} {
		if n < 1 {
			return invalid(key, fmt.Sprint(n), "more than 0")
		}
	}
	if c.RateLimit.PerSecond < 0 || c.CacheBytes < 0 {
		return invalid("rate_limit.per_second, cache_bytes", "a negative number", "0 or more")
	}
	return nil
}

// checkTypes refuses values that are not of the sort of their setting.
func checkTypes(values map[string]any) error {
	for _, s := range Settings() {
		text := fmt.Sprint(values[s.Key])
		switch s.Default.(type) {
		case int:
			if _, err := strconv.Atoi(text); err != nil {
				return invalid(s.Key, text, "a whole number such as "+fmt.Sprint(s.Default))
			}
		case bool:
			if _, err := strconv.ParseBool(text); err != nil {
				return invalid(s.Key, text, "true or false")
			}
		case time.Duration:
			if _, err := time.ParseDuration(text); err != nil {
				return invalid(s.Key, text, "a length of time such as "+fmt.Sprint(s.Default))
			}
		}
	}
	return nil
}

func invalid(key, value, expected string) error {
	return fault.New(fault.Invalid, fault.ConfigInvalid, "%s is %q", key, value).Expect("%s", expected)
}

// DefaultFile is the configuration file that is read when none is named: the
// one that BELLWETHER_CONFIG names, else bellwether.yaml in the working
// folder when there is one.
func DefaultFile() string {
	if named := os.Getenv("BELLWETHER_CONFIG"); named != "" {
		return named
	}
	if _, err := os.Stat("bellwether.yaml"); err == nil {
		return "bellwether.yaml"
	}
	return ""
}
