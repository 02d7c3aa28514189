package ingest

import (
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// confirmed is a confirmation that was given, and what it met in the file.
type confirmed struct {
	confirmation
	text   string // as the settings have it
	rates  int    // that it let through
	stands bool   // a rate that it names stands already, so there is nothing left to confirm
}

// confirms reports whether what is needed was given, and notes in each
// confirmation that covers it that it was.
func (g *rateGuard) confirms(needed confirmation) bool {
	found := false
	for _, c := range g.confirmed {
		if c.covers(needed) {
			c.rates++
			found = true
		}
	}
	return found
}

// stands notes that a rate of the file stands: it was confirmed when it was
// taken, so that the same flags can be given with the next file of a history.
func (g *rateGuard) stands(currency string, p period.Period) {
	for _, c := range g.confirmed {
		c.stands = c.stands || c.covers(confirmation{c.code, currency, p})
	}
}

// blameUnmatched refuses a confirmation that nothing in the file asks for: it
// is a slip, and may be meant for a rate that is refused.
func (j *job) blameUnmatched(g *rateGuard) {
	open := "nothing, since no rate of the file is to be confirmed"
	if g == nil {
		for _, text := range j.settings.Confirmed {
			j.errors.add(Finding{Code: fault.ConfirmUnmatched, Value: text, Expected: open})
		}
		return
	}
	if remedy := g.remedy(); remedy != "" {
		open = "one of what is open: " + remedy
	}
	for _, c := range g.confirmed {
		if c.rates == 0 && !c.stands {
			j.errors.add(Finding{Code: fault.ConfirmUnmatched, Value: c.text, Expected: open})
		}
	}
}

// countOf writes a number of things.
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
