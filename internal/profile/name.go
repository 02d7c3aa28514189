package profile

import (
	"regexp"

	"bellwether/internal/fault"
)

var nameForm = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// CheckName refuses what a profile cannot be called: profile_name_invalid.
func CheckName(name string) error {
	if nameForm.MatchString(name) {
		return nil
	}
	const expected = "1 to 64 lower-case letters, digits and hyphens, without a hyphen at either end"
	return fault.New(fault.Invalid, fault.ProfileNameInvalid, "a profile cannot be called %q", fault.Clip(name)).
		Expect(expected).With(fault.Item{Code: fault.ProfileNameInvalid, Parameter: "name", Value: fault.Clip(name), Expected: expected})
}
