package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// worldBankFeed is the feed of yearly averages by area.
const worldBankFeed = "worldbank"

// officialRate is the code of the World Bank's series of official rates: local
// currency for one dollar, average of the year.
const officialRate = "PA.NUS.FCRF"

// worldBank finds the header of the World Bank's table of official rates,
// which stands below a few lines about the file.
func (h *head) worldBank() (header textRow, ok bool) {
	if !h.feedIs(worldBankFeed) {
		return textRow{}, false
	}
	at := slices.IndexFunc(h.rows, func(row textRow) bool {
		return len(row.cells) > 4 && row.cells[0] == "Country Name" && row.cells[1] == "Country Code" && row.cells[3] == "Indicator Code"
	})
	if at < 0 || at+1 >= len(h.rows) || cellAt(h.rows[at+1], 3) != officialRate {
		return textRow{}, false
	}
	return h.rows[at], true
}

// fromWorldBank makes a plan of every year: the row's area says the currency.
func (h *head) fromWorldBank(header textRow) {
	h.faces(header)
	var base plan
	h.state(&base, areaColumn, 1, header.cells[1])
	h.ofFeed(&base, worldBankFeed)
	h.perDollar(&base)
	h.updated(&base)
	for i, text := range header.cells {
		switch {
		case i == 1:
			continue
		case text == "":
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		case i < 4:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), text, "the code of the area says it"})
			continue
		}
		year, err := period.Parse(text)
		if err != nil || year.Frequency() != period.Annual {
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), text, "it is no year"})
			continue
		}
		p := base
		p.head(periodColumn, text, i, header)
		p.set(rateColumn, i, text)
		h.out.columns = append(h.out.columns, Column{sheet.Letters(i), text, "rate per USD, average of " + text})
		h.out.plans = append(h.out.plans, p)
	}
}

// updated takes the date above the table for the day of publication.
func (h *head) updated(p *plan) {
	if p.slots[publishedColumn].stated || p.slots[publishedAtColumn].stated {
		return
	}
	for _, row := range h.rows {
		if row.cells[0] == "Last Updated Date" && len(row.cells) > 1 {
			p.head(publishedColumn, row.cells[1], 1, row)
			h.out.columns = append(h.out.columns, Column{"B", row.cells[0], publishedColumn.String()})
		}
	}
}

// isYearly reports whether a header is that of the yearly averages of release
// G.5A by country, which only its feed tells from other tables.
func (h *head) isYearly() bool {
	return strings.EqualFold(h.settings.Constants["feed"], g5Feed) && isYearlyHeader(h.rows[0].cells)
}

func isYearlyHeader(cells []string) bool {
	return len(cells) == 3 && foldHeader(cells[0]) == "date" && foldHeader(cells[1]) == "country" && foldHeader(cells[2]) == "exchange_rate"
}

// askYearly asks whose rates a table of yearly averages by country holds when
// nothing says it.
func askYearly(s Settings, rows []textRow) (Question, bool) {
	if s.Layout != "" || s.Constants["feed"] != "" || len(rows) == 0 || !isYearlyHeader(rows[0].cells) {
		return Question{}, false
	}
	return Question{Need: "columns", Code: fault.AskColumns, Line: rows[0].line, Reason: "no column states feed", Answer: "constants.feed=<code>"}, true
}

// yearly makes the plan of such a table: local currency for one dollar in
// every row, the date being the first day of its year.
func (h *head) yearly() {
	var p plan
	h.state(&p, dateColumn, 0, h.rows[0].cells[0])
	h.state(&p, areaColumn, 1, h.rows[0].cells[1])
	h.constants(&p)
	h.perDollar(&p)
	h.state(&p, rateColumn, 2, h.rows[0].cells[2])
	p.months = 12
	h.out.plans = append(h.out.plans, p)
}

// perDollar states what is the same in every row of a table by area.
func (h *head) perDollar(p *plan) {
	p.areas, p.skipEmpty, p.noQuote = true, true, h.noQuote()
	p.fix(baseColumn, "USD")
	p.fix(kindColumn, string(fx.Mean))
	feed := strings.ToLower(string(p.slots[feedColumn].text))
	for _, f := range h.feeds {
		if f.Code == feed {
			h.out.areas = f.Areas
		}
	}
	if h.out.areas == nil {
		h.out.areas = []fx.AreaMoney{}
	}
}
