package main

import (
	"bufio"
	"io"
	"math/rand/v2"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// quoted is a currency of the generated history of the euro: quoted on the days
// from its first to its last one, at about the level, in units of the last of
// its decimals. A currency without a first day is there from the beginning, one
// without a last day to the end.
type quoted struct {
	code        string
	first, last string
	level       int64
	decimals    int
}

// euroQuotes are the currencies that the European Central Bank has quoted since
// 1999, ended ones among them, in the order of its file. The yuan is there from
// the beginning, because the figures are in yuan. They are never changed.
var euroQuotes = []quoted{
	{code: "USD", level: 11789, decimals: 4}, {code: "JPY", level: 13373, decimals: 2},
	{code: "BGN", first: "2000-07-19", level: 19558, decimals: 4}, {code: "CYP", last: "2007-12-31", level: 58231, decimals: 5},
	{code: "CZK", level: 35107, decimals: 3}, {code: "DKK", level: 74501, decimals: 4},
	{code: "EEK", last: "2010-12-31", level: 156466, decimals: 4}, {code: "GBP", level: 71110, decimals: 5},
	{code: "HUF", level: 25148, decimals: 2}, {code: "LTL", last: "2014-12-31", level: 47170, decimals: 4},
	{code: "LVL", last: "2013-12-31", level: 66680, decimals: 5}, {code: "MTL", last: "2007-12-31", level: 44320, decimals: 5},
	{code: "PLN", level: 40712, decimals: 4}, {code: "ROL", last: "2005-06-30", level: 13111},
	{code: "RON", first: "2005-07-01", level: 36030, decimals: 4}, {code: "SEK", level: 94696, decimals: 4},
	{code: "SIT", last: "2006-12-29", level: 18904, decimals: 2}, {code: "SKK", last: "2008-12-31", level: 42991, decimals: 3},
	{code: "CHF", level: 16168, decimals: 4}, {code: "ISK", level: 8148, decimals: 2},
	{code: "NOK", level: 88550, decimals: 4}, {code: "HRK", first: "2005-04-01", last: "2022-12-30", level: 74500, decimals: 4},
	{code: "RUB", first: "2005-04-01", last: "2022-03-01", level: 361250, decimals: 4}, {code: "TRL", last: "2004-12-31", level: 372274},
	{code: "TRY", first: "2005-01-03", level: 18362, decimals: 4}, {code: "AUD", level: 19100, decimals: 4},
	{code: "BRL", first: "2008-01-02", level: 26010, decimals: 4}, {code: "CAD", level: 18004, decimals: 4},
	{code: "CNY", level: 97600, decimals: 4}, {code: "HKD", level: 91332, decimals: 4},
	{code: "IDR", first: "2005-04-01", level: 1228390, decimals: 2}, {code: "ILS", first: "2011-01-03", level: 47392, decimals: 4},
	{code: "INR", first: "2009-01-02", level: 673840, decimals: 4}, {code: "KRW", level: 139859, decimals: 2},
	{code: "MXN", first: "2008-01-02", level: 160190, decimals: 4}, {code: "MYR", first: "2005-04-01", level: 49120, decimals: 4},
	{code: "NZD", level: 22229, decimals: 4}, {code: "PHP", first: "2005-04-01", level: 70770, decimals: 3},
	{code: "SGD", level: 19554, decimals: 4}, {code: "THB", first: "2005-04-01", level: 50700, decimals: 3},
	{code: "ZAR", level: 69358, decimals: 4},
}

// history is a generated history of the reference rates of the euro: so many
// working days, Monday to Friday, from the first one, which is a Monday.
type history struct {
	first string
	days  int
}

// euroHistory is as long as the file of the European Central Bank was when it
// held 27 years.
var euroHistory = history{first: "1999-01-04", days: 6_983}

// writeCSV writes the rates as the European Central Bank lays them out: a row
// for each day, a column for each currency, a comma at the end, N/A where there
// is none. The days ascend, which that file's do not.
func (h history) writeCSV(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	line := []byte("Date,")
	for _, of := range euroQuotes {
		line = append(append(line, of.code...), ',')
	}
	if _, err := out.Write(append(line, '\n')); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(1999, 2014))
	levels := make([]int64, len(euroQuotes))
	first := period.MustParseDate(h.first)
	for i := range h.days {
		text := first.AddDays(i/5*7 + i%5).String()
		line = append(append(line[:0], text...), ',')
		for i, of := range euroQuotes {
			line = append(of.rate(line, text, &levels[i], random), ',')
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

// rate appends the rate of a day and moves the level by up to a thousandth, back
// towards where it began.
func (q quoted) rate(line []byte, day string, level *int64, random *rand.Rand) []byte {
	if day < q.first || q.last != "" && day > q.last {
		return append(line, "N/A"...)
	}
	now := q.level + *level
	*level += now*(random.Int64N(2_001)-1_000)/1_000_000 - *level/200
	return figure.New(now, q.decimals, 0).AppendText(line)
}
