package accumulate

import (
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// Elsewhere tells the set that another vintage has a figure of the period. It
// is never computed with: where nothing else is lacking, it is the reason why
// nothing follows. One who answers for a state leaves it out, as what another
// state holds is not told in this one.
func (s *Set) Elsewhere(p period.Period) { s.elsewhere = append(s.elsewhere, p) }

// Difference returns what two cumulative figures leave for a period, as if
// nothing was reported for itself: that from 1 January to its end less that
// from 1 January to its start, both reported, in one vintage and one unit. It
// is the first way of Derive. Reasons:
//
//	missing_neighbour  one of the two is not there; Missing names it
//	vintage_mismatch   it is there in another vintage only; Missing names it
//	combined_jan_feb   January and February were published as one; Missing
//	                   names that January
//	unit_mismatch      the two have different units
func (s *Set) Difference(p period.Period) Derivation {
	e := newEntry(p)
	if e.first == e.end {
		return Derivation{Reason: fault.MissingNeighbour, Missing: []period.Period{p}}
	}
	near := s.near(e)
	if steps := pair(e, near); steps != nil {
		return derived(steps)
	}
	return s.without(e, near, neighbours)
}

// without says why nothing follows for a period: what lacks returns is not
// there.
func (s *Set) without(p entry, near []entry, lacks func(p entry, near []entry) []period.Period) Derivation {
	january, together := combined(p.period, func(q period.Period) bool {
		_, there := find(near, q)
		return there
	})
	if together {
		return Derivation{Reason: fault.CombinedJanFeb, Missing: []period.Period{january}}
	}
	missing := lacks(p, near)
	if len(s.elsewhere) == 0 {
		return Derivation{Reason: fault.MissingNeighbour, Missing: missing}
	}
	nowhere := slices.DeleteFunc(slices.Clone(missing), func(q period.Period) bool { return slices.Contains(s.elsewhere, q) })
	if len(nowhere) == 0 {
		return Derivation{Reason: fault.VintageMismatch, Missing: missing}
	}
	return Derivation{Reason: fault.MissingNeighbour, Missing: nowhere}
}

// cumulative returns the periods from 1 January to the end and to the start of
// p; the second is no period where p starts on 1 January itself.
func cumulative(p period.Period) (longer, shorter period.Period) {
	// Both lie within the years of p, so there is no bound to break.
	newYear := p.Start().NewYear()
	longer, _ = period.Between(newYear, p.End())
	if p.Start() > newYear {
		shorter, _ = period.Between(newYear, p.Start())
	}
	return longer, shorter
}

// neighbours returns which of the two cumulative figures of a period are not
// there. A period that starts on 1 January is its own.
func neighbours(p entry, near []entry) []period.Period {
	var missing []period.Period
	longer, shorter := cumulative(p.period)
	for _, needed := range []period.Period{longer, shorter} {
		if _, there := find(near, needed); !there && !needed.IsZero() {
			missing = append(missing, needed)
		}
	}
	return missing
}

// combined says whether p is a January or February of which only the sum was
// published, and returns that January.
func combined(p period.Period, has func(period.Period) bool) (january period.Period, together bool) {
	start := p.Start().NewYear()
	january, _ = period.Between(start, start.AddMonths(1))
	february, _ := january.Next()
	both, _ := period.Between(start, february.End())
	return january, (p == january || p == february) && has(both) && !has(january)
}
