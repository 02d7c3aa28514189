package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bellwether/internal/feed"
	"bellwether/internal/fetch"
	"bellwether/internal/fx"
)

// Rates says where the files of feeds of rates are taken, and which are taken
// by themselves.
type Rates struct {
	Fetch     []string `koanf:"fetch"`
	Address   []string `koanf:"address"`
	PlainHTTP bool     `koanf:"plain_http"`
}

// feed returns the configuration of taking; that it holds was checked on
// loading.
func (r Rates) feed(tools Tools, feeds []fx.Feed) feed.Config {
	config := feed.Config{Feeds: feeds, Addresses: map[string]string{}, Plain: r.plain(), Log: tools.Log, Clock: tools.Clock}
	for _, entry := range r.Address {
		code, address, _ := strings.Cut(entry, "=")
		config.Addresses[code] = address
	}
	for _, entry := range r.Fetch {
		code, every, _ := strings.Cut(entry, "=")
		if length, err := time.ParseDuration(every); err == nil {
			config.Plans = append(config.Plans, feed.Plan{Feed: code, Every: length})
		}
	}
	return config
}

func (r Rates) plain() fetch.Plain {
	if r.PlainHTTP {
		return fetch.PlainEverywhere
	}
	return fetch.PlainHere
}

// check refuses entries that name no feed, one twice, one without an address,
// or too short a time.
func (r Rates) check() error {
	feeds, err := Feeds()
	if err != nil {
		return err
	}
	addressed := map[string]bool{}
	for _, f := range feeds {
		addressed[f.Code] = f.Fetch != ""
	}
	if err := entries("rates.address", r.Address, feeds, func(code, address string) error {
		addressed[code] = true
		if fetch.CheckAddress(address, r.plain()) != nil {
			return invalid("rates.address", code+"="+address, "an address that begins with https:// and holds no password; http:// on this machine, or elsewhere with rates.plain_http")
		}
		return nil
	}); err != nil {
		return err
	}
	return entries("rates.fetch", r.Fetch, feeds, func(code, every string) error {
		if length, err := time.ParseDuration(every); err != nil || length < feed.Shortest {
			return invalid("rates.fetch", code+"="+every, fmt.Sprintf("a length of time of at least %s, such as %s=24h", feed.Shortest, code))
		}
		if !addressed[code] {
			return invalid("rates.fetch", code+"="+every, "its address too, in rates.address")
		}
		return nil
	})
}

// entries checks texts such as ecb=24h.
func entries(key string, list []string, feeds []fx.Feed, check func(code, value string) error) error {
	seen := map[string]bool{}
	for _, entry := range list {
		code, value, ok := strings.Cut(entry, "=")
		known := slices.ContainsFunc(feeds, func(f fx.Feed) bool { return f.Code == code })
		if !ok || !known || seen[code] {
			return invalid(key, entry, "FEED=VALUE, each feed once: "+codes(feeds))
		}
		seen[code] = true
		if err := check(code, value); err != nil {
			return err
		}
	}
	return nil
}

func codes(feeds []fx.Feed) string {
	list := make([]string, len(feeds))
	for i, f := range feeds {
		list[i] = f.Code
	}
	return strings.Join(list, ", ")
}
