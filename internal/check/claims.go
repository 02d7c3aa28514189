package check

import (
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// What is in the way of testing a growth that is no number, and of one that is
// not on a year earlier.
const (
	reasonWords      = "words"
	reasonComparison = "not_year_on_year"
)

// claims tests every growth that is reported in the family.
func (f *Finder) claims(fam *family) {
	for i := range fam.lines {
		l := &fam.lines[i]
		if !l.series.Key.IsClaim() {
			continue
		}
		all := fam.levels(&l.series.Key)
		var levels []*line
		for j := range l.force {
			if claim := &l.force[j]; claim.bounded() || !claim.Withdrawn && claim.State == obs.InWords {
				levels = spokenOf(all, claim, levels[:0])
				f.claim(levels, claim)
			}
		}
	}
}

// spokenOf returns the lines of those levels that a growth speaks of.
func spokenOf(levels []*line, claim *Statement, into []*line) []*line {
	current := Nowhere
	for _, l := range levels {
		if l.series.Key.Basis == series.Current && l.at(claim.Period).bounded() {
			current = Stands
		}
	}
	for _, l := range levels {
		if SpeaksOf(claim.Series.Key.Basis, l.series.Key.Basis, current) {
			into = append(into, l)
		}
	}
	return into
}

// claim tests one reported growth against the levels that it speaks of: one
// that agrees with any of them is consistent. Real growth is held against
// levels at current prices only where no other can be tested.
func (f *Finder) claim(levels []*line, claim *Statement) {
	if reason := unasked(claim); reason != "" {
		f.tellUntested(levels, claim, reason)
		return
	}
	var best Case
	var told Found
	for i, l := range levels {
		if tested := i > 0 && told.Class != NotTestable; tested && l.series.Key.Basis == series.Current {
			break
		}
		c, found := caseOf(l, claim)
		verdict := Judge(&c)
		if i == 0 || told.Class == NotTestable && verdict.Class != NotTestable || verdict.Class == Consistent {
			best, told = c, found
			told.Verdict = verdict
		}
		if verdict.Class == Consistent {
			break
		}
	}
	if len(levels) == 0 {
		f.tellUntested(nil, claim, string(fault.ValueMissing))
		return
	}
	if f.wanted(told.Class) {
		if !f.brief {
			told.explain(&best)
		}
		f.tell(&told)
	}
}

// unasked returns why a growth is not tested whatever its levels, or "".
func unasked(claim *Statement) string {
	switch {
	case claim.State == obs.InWords:
		return reasonWords
	case claim.Series.Key.Measure != series.YoY:
		return reasonComparison
	}
	return ""
}

func (f *Finder) tellUntested(levels []*line, claim *Statement, reason string) {
	if !f.wanted(NotTestable) {
		return
	}
	found := Found{Kind: OfClaim, Verdict: Verdict{Class: NotTestable, Reason: reason}, Subject: *claim, Claim: claim}
	for _, l := range levels {
		if v := l.at(claim.Period); v != nil {
			found.Subject = *v
			break
		}
	}
	if claim.HasNumber() {
		found.Reported = given(claim.Value.At(0))
	}
	f.tell(&found)
}

// caseOf returns the test of a claim against the levels of a line.
func caseOf(l *line, claim *Statement) (Case, Found) {
	found := Found{Kind: OfClaim, Subject: *claim, Claim: claim}
	value := l.at(claim.Period)
	if value != nil {
		found.Subject = *value
	}
	c := Case{Value: value.Level(), Basis: BasisOf(l.series.Key.Basis), Claim: claim.Claim()}
	earlier, ok := claim.Period.YearEarlier()
	if !ok {
		return c, found
	}
	found.Prior = l.at(earlier)
	c.Prior = found.Prior.Level()
	before := l.before(earlier)
	for i := range before {
		c.Others = append(c.Others, before[i].Level())
	}
	return c, found
}

// explain works every number of a tested claim out.
func (f *Found) explain(c *Case) {
	if f.Claim.HasNumber() {
		f.Reported = given(c.Claim.Value)
	}
	if f.Class == NotTestable {
		return
	}
	e := Explain(c)
	for _, n := range []struct {
		into **figure.Value
		from figure.Value
	}{
		{&f.Computed, e.Computed}, {&f.ComputedLow, e.ComputedLow}, {&f.ComputedHigh, e.ComputedHigh},
		{&f.Gap, e.Gap}, {&f.GapLow, e.GapLow}, {&f.GapHigh, e.GapHigh}, {&f.ImpliedPrior, e.ImpliedPrior},
	} {
		*n.into = given(n.from)
	}
}
