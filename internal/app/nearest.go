package app

import (
	"slices"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/fault"
)

// unknownKey refuses a name that no setting has and suggests the nearest.
func unknownKey(name, what string, known []string) error {
	nearest := slices.MinFunc(known, func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
	return fault.New(fault.Invalid, fault.ConfigUnknown, "there is no configuration %s %s", what, name).
		Expect("%s, perhaps", nearest)
}

// mapKeys returns the keys in order, so that ties are always decided alike.
func mapKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
