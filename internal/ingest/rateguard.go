package ingest

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// rateGuard holds every rate of a file against the rate that stands, against
// its neighbour in the file and against the life of its currencies. It keeps
// two rates of each line, so its memory does not grow with the file.
type rateGuard struct {
	standing  standingRates
	ways      rateDirections
	confirmed []*confirmed
	lines     map[rateLine]*rateTrail
	ends      map[string]period.Date // the last days of currencies; lasting where there is none
	refused   []confirmation         // what would confirm what was found, each once, in order
}

// rateLine is rates that are neighbours of each other: one feed, pair and
// kind, and periods of one length.
type rateLine struct {
	name string
	freq period.Frequency
}

// rateTrail is what came last in a line: the last rate that was taken for
// right, and behind it the last that was not.
type rateTrail struct{ good, odd ratePoint }

// ratePoint is one rate; the zero value is none. Line is 0 where it stands in
// the store.
type ratePoint struct {
	period period.Period
	value  figure.Value
	line   int
}

// lasting is the last day of a currency that has none.
const lasting = period.Date(1<<31 - 1)

func newRateGuard(standing standingRates, names []string) *rateGuard {
	g := &rateGuard{standing: standing, ways: rateDirections{}, lines: map[rateLine]*rateTrail{}, ends: map[string]period.Date{}}
	maps.Copy(g.ways, standing.ways)
	for _, text := range names {
		if c, err := parseConfirmation(text); err == nil { // the settings were checked
			g.confirmed = append(g.confirmed, &confirmed{confirmation: c, text: text})
		}
	}
	return g
}

// guardRates sets the guard up for a file of rates.
func (j *job) guardRates(ctx context.Context, change *differ) error {
	if j.layout.kind != Rates {
		return nil
	}
	if change.store != nil {
		if err := change.standRates(ctx); err != nil {
			return err
		}
	}
	j.reader.guard = newRateGuard(change.rates, j.settings.Confirmed)
	return nil
}

// unguard ends the guard's work and says in the report what would confirm
// everything that it refused.
func (j *job) unguard() {
	if j.reader.guard == nil {
		return
	}
	for _, c := range j.reader.guard.confirmed {
		if c.rates > 0 {
			j.report.Notes = append(j.report.Notes, "confirmed by name: "+c.text+", "+countOf(c.rates, "rate", "rates"))
		}
	}
	if remedy := j.reader.guard.remedy(); remedy != "" {
		j.report.Notes = append(j.report.Notes, "where every rate that was refused is right: "+remedy)
	}
	j.refused = j.reader.guard.refused
	j.reader.guard = nil
}

// guardRate refuses a rate that cannot be right unless it is confirmed.
func (r *reader) guardRate(row *sheet.Row, p *plan, s *statement) {
	if r.guard == nil || s.rate.Kind == fx.Irrevocable {
		return
	}
	if expected := r.guard.ways.take(s.rate, s.line); expected != "" {
		r.blame(row, p, problem{meaning: rateColumn, code: fault.RateConflict, value: fault.Clip(string(p.cell(row, rateColumn))), expected: expected})
		return
	}
	code, expected := r.outlived(s.rate)
	if code == "" {
		code, expected = r.guard.compare(s)
	}
	if code == "" {
		return
	}
	needed := confirmation{code: code, currency: confirmedBy(s.rate), period: s.Period}
	if r.guard.confirms(needed) {
		return
	}
	r.guard.refuse(needed)
	r.blame(row, p, problem{meaning: rateColumn, code: code, value: fault.Clip(string(p.cell(row, rateColumn))),
		expected: expected + "; if it is right, --confirm " + string(code) + ":" + needed.currency + "/" + s.Period.String() +
			", or --confirm " + string(code) + ":" + needed.currency + " for all of them"})
}

// outlived finds a rate of a period that begins after the last day of one of
// its currencies.
func (r *reader) outlived(rate *fx.Rate) (code fault.Code, expected string) {
	for _, currency := range []string{rate.Base, rate.Quote} {
		if last := r.lastDay(currency); rate.Period.Start() > last {
			return fault.RateAfterEnd, "a rate of " + currency + " until " + last.String() + ", its last day, and " + rate.Period.String() + " is later"
		}
	}
	return "", ""
}

func (r *reader) lastDay(currency string) period.Date {
	last, ok := r.guard.ends[currency]
	if ok {
		return last
	}
	last = lasting
	if unit, found := r.labels.Unit(currency); found {
		last = lastDayOf(unit)
	}
	r.guard.ends[currency] = last
	return last
}

func lastDayOf(unit catalog.Unit) period.Date {
	if unit.To == "" {
		return lasting
	}
	day, err := period.ParseDate(string(unit.To))
	if err != nil {
		return lasting
	}
	return day
}

// compare holds a rate against the one of its period that stands, then against
// its neighbour in the file, and where the file has none yet against the
// neighbour that stands.
func (g *rateGuard) compare(s *statement) (code fault.Code, expected string) {
	here := ratePoint{s.Period, s.Value, s.line}
	if was, ok := g.standing.rates[ofFigure{s.named.code, s.Period}]; ok {
		if code := suspect(s.Value, was.value, sameBand); code != "" {
			g.trail(s).pass(here)
			return code, "a rate near " + was.value.Text() + ", which stands for " + s.Period.String()
		}
		if was.value.Equal(s.Value) { // it stands, so somebody has taken it for right
			*g.trail(s) = rateTrail{good: here}
			g.stands(confirmedBy(s.rate), s.Period)
			return "", ""
		}
	}
	trail := g.trail(s)
	if !trail.near(here) {
		trail.good, trail.odd = g.neighbour(s), ratePoint{}
	}
	last := trail.good
	if code = trail.pass(here); code == "" {
		return "", ""
	}
	expected = "a rate near " + last.value.Text() + " of " + last.period.String()
	if last.line > 0 {
		return code, expected + " on line " + strconv.Itoa(last.line)
	}
	return code, expected + ", which stands"
}

func (g *rateGuard) trail(s *statement) *rateTrail {
	line := rateLine{s.named.code, s.Period.Frequency()}
	t := g.lines[line]
	if t == nil {
		t = &rateTrail{}
		g.lines[line] = t
	}
	return t
}

// near reports whether the last rate of the line is close enough in time to be
// held against: a month for days, two periods for longer ones.
func (t *rateTrail) near(p ratePoint) bool {
	if t.good.period.IsZero() {
		return false
	}
	apart := int(p.period.Start() - t.good.period.Start())
	days := int(p.period.End() - p.period.Start())
	return max(apart, -apart) <= max(31, 2*days+2)
}

// pass takes the next rate of the line and says what is the matter with it. A
// rate that is far from the last good one, and one that fits it again behind
// that, is one that stands out; where the next one fits the far one, the line
// has made a step, which is found once.
func (t *rateTrail) pass(p ratePoint) fault.Code {
	switch b := bandOf(p.period); {
	case t.good.period.IsZero():
	case !t.odd.period.IsZero() && suspect(p.value, t.odd.value, b) == "":
	default:
		if code := suspect(p.value, t.good.value, b); code != "" {
			t.odd = p
			return code
		}
	}
	t.good, t.odd = p, ratePoint{}
	return ""
}

// standingReach is how many days away a fixing that stands is looked for.
const standingReach = 14

// neighbour returns the rate nearest in time that stands of the line.
func (g *rateGuard) neighbour(s *statement) ratePoint {
	if g.standing.counts[s.named.code] == 0 {
		return ratePoint{}
	}
	at := func(p period.Period) (ratePoint, bool) {
		was, ok := g.standing.rates[ofFigure{s.named.code, p}]
		return ratePoint{period: p, value: was.value}, ok
	}
	before, after := s.Period, s.Period
	for range standingReach {
		before, after = stepped(before, -1), stepped(after, 1)
		if found, ok := at(before); ok {
			return found
		}
		if found, ok := at(after); ok {
			return found
		}
		if s.Period.Frequency() != period.Day {
			break
		}
	}
	return ratePoint{}
}

// stepped returns the period next to p, the earlier one for -1; p where there
// is none.
func stepped(p period.Period, by int) period.Period {
	next, ok := p.Next()
	if by < 0 {
		next, ok = p.Previous()
	}
	if !ok {
		return p
	}
	return next
}

// refuse keeps what would confirm a finding, for the report.
func (g *rateGuard) refuse(needed confirmation) {
	whole := confirmation{code: needed.code, currency: needed.currency}
	if !slices.Contains(g.refused, whole) {
		g.refused = append(g.refused, whole)
	}
}

// remedy is what a person types to confirm everything that was refused; empty
// where nothing was.
func (g *rateGuard) remedy() string {
	byCode := map[string][]string{}
	for _, c := range g.refused {
		byCode[string(c.code)] = append(byCode[string(c.code)], c.currency)
	}
	var flags []string
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		slices.Sort(byCode[code])
		flags = append(flags, "--confirm "+code+":"+strings.Join(byCode[code], ","))
	}
	return strings.Join(flags, " ")
}
