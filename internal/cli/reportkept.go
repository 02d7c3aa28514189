package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"bellwether/internal/ingest"
)

// shownKept is how many series a report names of which the file leaves figures
// as they stand.
const shownKept = 5

// writeKept says of which series how many figures stand that are not in the
// file, the most first.
func writeKept(w io.Writer, d *ingest.Difference) {
	if d.Kept == 0 {
		return
	}
	kept := slices.DeleteFunc(slices.Clone(d.Series), func(t ingest.Touch) bool { return t.Kept == 0 })
	slices.SortStableFunc(kept, func(a, b ingest.Touch) int { return cmp.Compare(b.Kept, a.Kept) })
	var parts []string
	left := d.Kept
	for _, t := range kept[:min(len(kept), shownKept)] {
		parts = append(parts, fmt.Sprintf("%d of %s", t.Kept, t.Series))
		left -= t.Kept
	}
	if left > 0 {
		parts = append(parts, fmt.Sprintf("%d of others", left))
	}
	fmt.Fprintf(w, "  kept: %s\n", strings.Join(parts, ", "))
}
