package fetch

import (
	"net"
	"net/url"

	"bellwether/internal/fault"
)

// Plain says where an address may be asked without encryption.
type Plain uint8

// The two ways to treat http.
const (
	PlainHere       Plain = iota // of this machine only
	PlainEverywhere              // anywhere: whoever is on the way can change the file
)

// CheckAddress refuses with fetch_failed what is no address of a file: one that
// is not https, unless http is enough there, and one that holds a password,
// which would stand in the public record.
func CheckAddress(text string, plain Plain) error {
	if address, err := url.Parse(text); err != nil || !served(address, plain) {
		return refuse(text)
	}
	return nil
}

func refuse(text string) error {
	shown := fault.Clip(text)
	if address, err := url.Parse(text); err == nil {
		shown = fault.Clip(address.Redacted())
	}
	return fault.New(fault.Invalid, fault.FetchFailed, "%q is no address from which a file is taken", shown).
		Expect("an address that begins with https:// and holds no password; http:// on this machine, or elsewhere with rates.plain_http")
}

func served(address *url.URL, plain Plain) bool {
	if address.Hostname() == "" || address.User != nil {
		return false
	}
	return address.Scheme == "https" || address.Scheme == "http" && (plain == PlainEverywhere || here(address.Hostname()))
}

// here reports whether a host is this machine by its name alone.
func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
