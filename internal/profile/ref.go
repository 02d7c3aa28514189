package profile

import (
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// Ref names a kept profile as nbs does, or one version of it as nbs@3 does.
type Ref struct {
	Name    string
	Version int // 0: the newest
}

// ParseRef reads what String writes. Faults: profile_name_invalid, and
// profile_version_invalid for what is no version from 1 on.
func ParseRef(text string) (Ref, error) {
	name, version, has := strings.Cut(text, "@")
	if err := CheckName(name); err != nil {
		return Ref{}, err
	}
	if !has {
		return Ref{Name: name}, nil
	}
	n, err := strconv.Atoi(version)
	if err != nil || n < 1 || n > maxVersion || strconv.Itoa(n) != version {
		const expected = "a name, or a name and a version such as nbs@3"
		return Ref{}, fault.New(fault.Invalid, fault.ProfileVersionInvalid, "%q is no version of a profile", fault.Clip(version)).
			Expect(expected).With(fault.Item{Code: fault.ProfileVersionInvalid, Parameter: "profile", Value: fault.Clip(text), Expected: expected})
	}
	return Ref{name, n}, nil
}

// maxVersion is the highest version that both databases can count to.
const maxVersion = 1<<31 - 1

// String writes the name, and behind an @ the version where one is meant.
func (r Ref) String() string {
	if r.Version == 0 {
		return r.Name
	}
	return r.Name + "@" + strconv.Itoa(r.Version)
}
