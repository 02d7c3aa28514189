package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// confirmation is a person's word that rates which are refused until they are
// confirmed are right: the code of the refusal, the currency and, where it is
// not for all of them, the period in which they lie.
type confirmation struct {
	code     fault.Code
	currency string
	period   period.Period // zero: all
}

// confirmable are the codes that can be confirmed; read only.
var confirmable = []string{string(fault.RateOutlier), string(fault.RateFlipped), string(fault.RatePowerOfTen), string(fault.RateAfterEnd)}

// parseConfirmation reads rate_outlier:TRL or rate_outlier:TRL/2001-02-22; any
// period may stand behind the stroke.
func parseConfirmation(text string) (confirmation, error) {
	code, name, _ := strings.Cut(text, ":")
	currency, span, partly := strings.Cut(name, "/")
	c := confirmation{code: fault.Code(code), currency: currency}
	if !slices.Contains(confirmable, code) || len(currency) != 3 || strings.Trim(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return c, invalidSetting("confirm", text, "CODE:CURRENCY or CODE:CURRENCY/PERIOD, such as rate_outlier:TRL/2001; CODE is "+strings.Join(confirmable, ", "))
	}
	if !partly {
		return c, nil
	}
	var err error
	c.period, err = period.Parse(span)
	return c, err
}

// covers reports whether the confirmation answers what is needed.
func (c confirmation) covers(needed confirmation) bool {
	return c.code == needed.code && c.currency == needed.currency && (c.period.IsZero() || c.period.Contains(needed.period))
}

// confirmedBy is the currency that a rate is confirmed by: the one of the pair
// that is not the euro, and of the others the one that is not the dollar, so
// that one name does not answer for a whole file.
func confirmedBy(r *fx.Rate) string {
	for _, common := range []string{"EUR", "USD"} {
		switch common {
		case r.Base:
			return r.Quote
		case r.Quote:
			return r.Base
		}
	}
	return r.Quote
}

// addConfirmed returns the list with what a person types added, in order and
// each once: the code may stand once for several currencies.
func addConfirmed(list []string, text string) []string {
	list = slices.Clone(list)
	code := ""
	for _, part := range strings.Split(text, ",") {
		name := strings.TrimSpace(part)
		if before, after, ok := strings.Cut(name, ":"); ok {
			code, name = strings.ToLower(before), after
		}
		entry := code + ":" + strings.ToUpper(name)
		if !slices.Contains(list, entry) {
			list = append(list, entry)
		}
	}
	slices.Sort(list)
	return list
}

// checkConfirmed refuses what is no confirmation.
func (s Settings) checkConfirmed() error {
	for _, text := range s.Confirmed {
		if _, err := parseConfirmation(text); err != nil {
			return err
		}
	}
	return nil
}

// withConfirmed adds to the line of the public record what was confirmed.
func withConfirmed(message string, s Settings) string {
	if len(s.Confirmed) == 0 {
		return message
	}
	said := "confirmed " + strings.Join(s.Confirmed, ", ")
	if message == "" {
		return said
	}
	return message + "; " + said
}
