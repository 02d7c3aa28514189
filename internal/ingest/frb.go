package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// The feeds of the Federal Reserve.
const (
	h10Feed = "frb-h10" // releases H.10 and G.5 in one
	g5Feed  = "frb-g5"  // release G.5 and its yearly averages, G.5A
)

// frbSeries is what a series of the Federal Reserve holds.
type frbSeries struct {
	base, quote string
	kind        fx.Kind
	months      int // that a date stands for by its first day; 0: the day itself
}

// frbForms are the beginnings of names: of days, of averages of years and of
// averages of months; read only.
var frbForms = []struct {
	prefix string
	kind   fx.Kind
	months int
}{{"DEX", fx.Fixing, 0}, {"AEX", fx.Mean, 12}, {"EX", fx.Mean, 1}}

// frbSeriesOf reads a name such as DEXCHUS (days), EXCHUS (averages of months)
// or AEXCHUS (averages of years). What it quotes stands in the feed's table.
func frbSeriesOf(name string, known []fx.SeriesQuote) (frbSeries, bool) {
	for _, form := range frbForms {
		rest, found := strings.CutPrefix(strings.ToUpper(name), form.prefix)
		at := slices.IndexFunc(known, func(q fx.SeriesQuote) bool { return q.Name == rest })
		if found && at >= 0 {
			return frbSeries{known[at].Base, known[at].Quote, form.kind, form.months}, true
		}
	}
	return frbSeries{}, false
}

// frbTable is the feed's table of series.
func (h *head) frbTable() []fx.SeriesQuote {
	for _, f := range h.feeds {
		if len(f.Series) > 0 {
			return f.Series
		}
	}
	return nil
}

// isFRB reports whether a header is a date and series of the Federal Reserve:
// one at least where the settings name its feed, else all.
func (h *head) isFRB() bool {
	cells := h.rows[0].cells
	if first := foldHeader(cells[0]); first != "date" && first != "observation_date" || !h.feedIs(h10Feed, g5Feed) {
		return false
	}
	known, named := 0, 0
	for _, header := range cells[1:] {
		if header != "" {
			named++
		}
		if _, ok := frbSeriesOf(header, h.frbTable()); ok {
			known++
		}
	}
	return known > 0 && (known == named || h.settings.Constants["feed"] != "")
}

// frb makes a plan of every column of a series that is known; the others are
// listed.
func (h *head) frb() {
	var base plan
	h.state(&base, dateColumn, 0, h.rows[0].cells[0])
	h.ofFeed(&base, h10Feed)
	seen := map[frbSeries]bool{}
	for i, header := range h.rows[0].cells {
		s, ok := frbSeriesOf(header, h.frbTable())
		switch {
		case i == 0:
			continue
		case header == "":
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		case !ok:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), header, "it is not known which currencies this series is of"})
			continue
		case seen[s]:
			h.blame(fault.CSVDuplicateHeader, i, header, "each series once")
			continue
		}
		seen[s] = true
		p := base
		p.months = s.months
		h.quotes(&p, i, h.rows[0], s)
	}
}

// quotes adds the plan of a column of rates, whose header names what it quotes.
func (h *head) quotes(p *plan, column int, named textRow, s frbSeries) {
	p.skipEmpty, p.noQuote = true, append(h.noQuote(), ".", "ND")
	p.head(baseColumn, s.base, column, named)
	p.head(quoteColumn, s.quote, column, named)
	p.head(kindColumn, string(s.kind), column, named)
	p.set(rateColumn, column, named.cells[column])
	h.out.columns = append(h.out.columns, Column{sheet.Letters(column), named.cells[column], "rate of " + s.quote + " per " + s.base})
	h.out.plans = append(h.out.plans, *p)
}

// monthsFrom returns the period that a date stands for by its first day.
func (r *reader) monthsFrom(row *sheet.Row, p *plan, day period.Period) period.Period {
	if day.IsZero() {
		return day
	}
	_, month, first := day.Start().YMD()
	span, err := period.Between(day.Start(), day.Start().AddMonths(p.months))
	if err != nil || first != 1 || (month-1)%p.months != 0 || day.Frequency() != period.Day {
		r.blame(row, p, problem{meaning: dateColumn, code: fault.RateInvalid, value: day.String(), expected: "the first day of the month or year that it stands for"})
	}
	return span
}
