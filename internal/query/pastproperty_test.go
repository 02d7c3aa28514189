package query_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
)

// TestThePastOfRandomScripts runs scripts of imports, late and embargoed ones,
// withdrawals and undos, and asks through the service for the past: as of an
// instant nothing later is known and everything is as the plain model of the
// rule has it, every version and the first one are those of the model, and what
// was answered on the way is answered again by recorded_as_of, row by row.
func TestThePastOfRandomScripts(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		now := clock().AddDate(-20, 0, 0)
		s, a := atTime(t, db, &now)
		script := 0
		rapid.Check(t, func(r *rapid.T) {
			// Every script has a series of its own in the one database, and the
			// clock goes on.
			script++
			p := &pastScript{asker: a, store: s, now: &now, code: fmt.Sprintf("gdp.cn.cny@d%d", script), start: now}
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				p.step(r)
			}
			p.asOf(r)
			p.versions(r)
			p.recorded(r)
			now = now.Add(time.Hour)
		})
	})
}

// pastScript is one script: what it did, as the model has it, and what was
// answered.
type pastScript struct {
	asker
	store     *store.Store
	now       *time.Time
	start     time.Time
	code      string
	log       vintage.Log
	revisions []string // by the model's number less 1
	answered  []pastAnswer
}

type pastAnswer struct {
	at   time.Time
	rows string
	code fault.Code
}

func (p *pastScript) step(r *rapid.T) {
	p.Helper()
	*p.now = p.now.Add(time.Duration(rapid.IntRange(1, 3).Draw(r, "wait")) * time.Minute)
	if len(p.revisions) > 0 && rapid.IntRange(0, 2).Draw(r, "undo") == 0 {
		target := rapid.IntRange(1, len(p.revisions)).Draw(r, "target")
		undone, err := p.store.Undo(p.Context(), p.revisions[target-1], "clerk", "")
		if err == nil {
			p.log.Undo(target, undone.RecordedAt)
			p.revisions = append(p.revisions, undone.ID)
		}
	} else {
		p.publish(r)
	}
	*p.now = p.now.Add(30 * time.Second)
	answer := p.ask(query.When{})
	answer.at = *p.now
	p.answered = append(p.answered, answer)
}

// publish imports a few figures of one publication.
func (p *pastScript) publish(r *rapid.T) {
	p.Helper()
	var in vintage.Import
	if rapid.IntRange(0, 2).Draw(r, "embargoed") == 0 {
		in.Embargo = p.now.Add(time.Duration(rapid.IntRange(1, 6).Draw(r, "embargo")) * time.Minute)
	}
	if rapid.Bool().Draw(r, "dated") {
		in.Published = p.start.Add(-time.Duration(rapid.IntRange(1, 9).Draw(r, "published")) * time.Minute)
	}
	key, err := series.Parse(p.code)
	if err != nil {
		p.Fatal(err)
	}
	var entries []obs.Entry
	for _, when := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"2012", "2013", "2013-Q1"}), 1, 3, rapid.ID).Draw(r, "periods") {
		o := obs.Observation{
			Period: period.MustParse(when), Value: figure.New(rapid.Int64Range(1, 99).Draw(r, "value"), 0, 9), Status: "A", Published: in.Published,
		}
		if rapid.IntRange(0, 4).Draw(r, "withdrawn") == 0 {
			o.Withdrawn, o.State = true, obs.Missing
		}
		entries = append(entries, obs.Entry{Key: key, Observation: o})
		in.Says = append(in.Says, vintage.Statement{Key: vintage.Key{Series: p.code, Period: o.Period}, Value: o.Value.Text(), Withdrawn: o.Withdrawn})
	}
	body := fmt.Sprint(p.code, len(p.revisions))
	release := obs.Release{Upload: uploadOf(body), By: "clerk", Embargo: in.Embargo}
	revision, err := p.store.Publish(p.Context(), release, strings.NewReader(body), func(put func(obs.Entry) error) error {
		for _, e := range entries {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		p.Fatal(err)
	}
	in.Recorded = revision.RecordedAt
	p.log.Import(in)
	p.revisions = append(p.revisions, revision.ID)
}

// ask reads the series in a state: its rows, or why there are none.
func (p *pastScript) ask(when query.When) pastAnswer {
	p.Helper()
	m := p.at(when)
	var answer pastAnswer
	sink := &collected{}
	err := p.Series(p.Context(), m, p.code, query.Question{}, sink)
	answer.code = fault.CodeOf(err)
	answer.rows = sink.text()
	return answer
}

// collected keeps what the model knows of rows, one a line.
type collected struct {
	nothing
	lines []string
}

func (c *collected) text() string { return strings.Join(c.lines, "\n") }

// Row keeps a row.
func (c *collected) Row(r *query.Row) error {
	value := r.Reason
	if r.HasValue {
		value = r.Value.Text()
	}
	c.lines = append(c.lines, pastLine(r.Version.Period, value, r.Version.Published))
	return nil
}

func pastLine(p period.Period, value string, published time.Time) string {
	return p.String() + " " + value + " " + published.UTC().Format(time.RFC3339Nano)
}

func modelLine(v vintage.Version) string {
	if v.Withdrawn {
		return pastLine(v.Key.Period, "withdrawn", v.Published)
	}
	return pastLine(v.Key.Period, v.Value, v.Published)
}

// modelLines returns what pick finds of every figure of the script, in the order
// of rows.
func (p *pastScript) modelLines(pick func(vintage.Key) []vintage.Version) string {
	var keys []vintage.Key
	for _, v := range p.log.Versions() {
		if !slices.Contains(keys, v.Key) {
			keys = append(keys, v.Key)
		}
	}
	slices.SortFunc(keys, func(a, b vintage.Key) int { return period.Compare(a.Period, b.Period) })
	var lines []string
	for _, key := range keys {
		for _, v := range pick(key) {
			lines = append(lines, modelLine(v))
		}
	}
	return strings.Join(lines, "\n")
}

// asOf asks for instants before, in and after the script.
func (p *pastScript) asOf(r *rapid.T) {
	p.Helper()
	*p.now = p.now.Add(time.Duration(rapid.IntRange(0, 8).Draw(r, "later")) * time.Minute)
	for range 4 {
		since := int(p.now.Sub(p.start)/time.Minute) + 12
		at := p.start.Add(time.Duration(rapid.IntRange(0, since).Draw(r, "as of")-12) * time.Minute)
		got := p.ask(query.When{AsOf: at.Format(time.RFC3339)})
		for _, line := range strings.Split(got.rows, "\n") {
			published := line[strings.LastIndex(line, " ")+1:]
			if then, err := time.Parse(time.RFC3339Nano, published); line != "" && (err != nil || then.After(at)) {
				r.Errorf("as of %s shows %s", at, line)
			}
		}
		want := p.modelLines(func(key vintage.Key) []vintage.Version {
			if v, stands := p.log.AsOf(key, at, *p.now); stands {
				return []vintage.Version{v}
			}
			return nil
		})
		if got.rows != want || (got.code == fault.UnknownSeries) != (want == "") {
			r.Errorf("as of %s:\n%s (%s)\nthe model has\n%s", at, got.rows, got.code, want)
		}
	}
}

// versions asks for every version and for the first ones.
func (p *pastScript) versions(r *rapid.T) {
	p.Helper()
	for which, pick := range map[query.Vintages]func(vintage.Key) []vintage.Version{
		query.AllVintages: func(key vintage.Key) []vintage.Version { return p.log.History(key, vintage.Now(*p.now)) },
		query.FirstVintage: func(key vintage.Key) []vintage.Version {
			if v, there := p.log.FirstRelease(key, vintage.Now(*p.now)); there {
				return []vintage.Version{v}
			}
			return nil
		},
	} {
		sink := &collected{}
		err := p.Series(p.Context(), p.asker.now(), p.code, query.Question{Vintage: which}, sink)
		if got, want := sink.text(), p.modelLines(pick); got != want || err != nil && fault.CodeOf(err) != fault.UnknownSeries {
			r.Errorf("vintage=%s:\n%s (%v)\nthe model has\n%s", which, got, err, want)
		}
	}
}

// recorded asks again for everything that was answered on the way.
func (p *pastScript) recorded(r *rapid.T) {
	p.Helper()
	for _, was := range p.answered {
		again := p.ask(query.When{Recorded: was.at.Format(time.RFC3339Nano)})
		if again.rows != was.rows || again.code != was.code {
			r.Errorf("recorded as of %s:\n%s (%s)\nwas answered\n%s (%s)", was.at, again.rows, again.code, was.rows, was.code)
		}
	}
}
