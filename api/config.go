package api

import (
	"log/slog"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// ReadAccess says whether reading needs a key.
type ReadAccess string

// The two ways of read access.
const (
	Public  ReadAccess = "public" // everybody reads; the default
	WithKey ReadAccess = "key"    // a key with the role reader or more
)

// Config is what an office decides about its service. The zero value serves
// everybody without limits.
type Config struct {
	PublicURL      string // the address that readers use, without a slash at its end; empty: links are paths
	Office         Office
	ReadAccess     ReadAccess
	RatePerSecond  int // requests a second that one reader may make; 0: no limit
	RateBurst      int // requests that one reader may make at once before the limit counts
	TrustedProxies []netip.Prefix
	UploadBytes    int64         // largest file that is taken, in bytes; 0: 1 GiB
	CSVRows        int           // most rows of one CSV answer; 0: 5,000,000
	CacheBytes     int           // memory for answers kept encoded, in bytes; 0: none
	Timeout        time.Duration // longest time for making one answer; 0: a minute
	TempDir        string        // where uploads wait until they are read; empty: the system's
	Version        string        // of the program
}

// Office is whose figures these are, as answers show it. An empty text is
// left out or null. Its time zone and currency are those that the database was
// created with.
type Office struct {
	Name        map[string]string // by language: en, zh
	URL         string
	Contact     string
	Licence     string
	LicenceURL  string
	Attribution string
}

// Deps are the parts that the API is a door to.
type Deps struct {
	Query    Query
	Ingest   Ingest
	Store    Store
	Feed     Feed
	Log      *slog.Logger         // nil: no log
	Clock    func() time.Time     // nil: time.Now
	Registry *prometheus.Registry // nil: one of its own
}

const (
	defaultUploadBytes = 1 << 30
	defaultCSVRows     = 5_000_000
	defaultTimeout     = time.Minute
)

// filled returns the configuration with the defaults in place.
func (c Config) filled() Config {
	if c.UploadBytes == 0 {
		c.UploadBytes = defaultUploadBytes
	}
	if c.CSVRows == 0 {
		c.CSVRows = defaultCSVRows
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.ReadAccess == "" {
		c.ReadAccess = Public
	}
	return c
}

func (d Deps) filled() Deps {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Clock == nil {
		d.Clock = time.Now
	}
	if d.Registry == nil {
		d.Registry = prometheus.NewRegistry()
	}
	return d
}

// name is the office's name in the language, in the other one where it has
// none, and empty where it has neither.
func (o Office) name(lang string) string {
	if n := o.Name[lang]; n != "" {
		return n
	}
	if n := o.Name["en"]; n != "" {
		return n
	}
	return o.Name["zh"]
}
