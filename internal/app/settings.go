package app

import "time"

// Setting is one configuration key. The same key is a path in the file
// (office.timezone), a variable in the environment (BELLWETHER_OFFICE_TIMEZONE)
// and, where a command offers it, a flag (--office-timezone).
type Setting struct {
	Key     string
	Default any // string, bool, int, []string or time.Duration
	Usage   string
}

// Settings lists every configuration key in the order in which it is shown.
func Settings() []Setting {
	const mib = 1 << 20
	return []Setting{
		{"database", "sqlite:bellwether.db", "where the data is: sqlite:FILE or postgres://user@host/name?sslmode=..."},
		{"listen", "127.0.0.1:8080", "address and port to serve on"},
		{"public_url", "", "the address that readers use, for links; empty: as they asked"},
		{"read_access", "public", "public, or key when reading needs a key too"},
		{"log.level", "info", "debug, info, warn or error"},
		{"log.format", "text", "text or json"},

		{"office.name.en", "", "the office's name in English"},
		{"office.name.zh", "", "the office's name in Chinese"},
		{"office.url", "", "the office's own site"},
		{"office.contact", "", "a mail address or page for questions"},
		{"office.licence", "", "the licence of the figures, as a name or an SPDX identifier"},
		{"office.licence_url", "", "where the licence can be read"},
		{"office.attribution", "", "the line that users of the figures should print"},
		{"office.timezone", "", "IANA time zone in which dates are days; bound to the database when it is created (UTC then, if empty)"},
		{"office.currency", "", "ISO 4217 currency that a plain 元 or $ means; bound to the database when it is created"},

		{"rate_limit.per_second", 0, "requests a second that one reader may make; 0: no limit"},
		{"rate_limit.burst", 20, "requests that one reader may make at once before the limit counts"},
		{"trusted_proxies", []string{}, "networks (CIDR) whose X-Forwarded-For is believed"},

		{"limits.upload_bytes", 1024 * mib, "largest file that is read, in bytes"},
		{"limits.rows", 5_000_000, "most rows of a file"},
		{"limits.columns", 1_000, "most columns of a file"},
		{"limits.cell_bytes", 64 << 10, "longest cell of a file, in bytes"},
		{"limits.errors", 1_000, "errors of a file that are reported one by one; all are counted"},
		{"limits.csv_rows", 5_000_000, "most rows of one CSV answer"},

		{"rates.fetch", []string{}, "feeds of rates that serve takes from their publishers and publishes, and how often: ecb=24h; empty: none"},
		{"rates.address", []string{}, "where a feed's file is, in place of the address that is known: ecb=https://mirror.example/hist.zip"},
		{"rates.plain_http", false, "true lets rates come over http from other machines too; whoever is on the way can change them"},

		{"cache_bytes", 256 * mib, "memory for answers kept encoded, in bytes; 0: none"},
		{"database_connections", 16, "most connections to the database"},
		{"query_timeout", 15 * time.Second, "deadline of one reading statement of serve"},

		{"server.read_header_timeout", 5 * time.Second, "longest wait for a request's headers"},
		{"server.read_timeout", 10 * time.Minute, "longest wait for a request's body"},
		{"server.write_timeout", 10 * time.Minute, "longest time for writing an answer"},
		{"server.idle_timeout", 2 * time.Minute, "how long an idle connection is kept"},
		{"server.shutdown_timeout", 20 * time.Second, "how long requests under way may take to end when the server stops"},
	}
}
