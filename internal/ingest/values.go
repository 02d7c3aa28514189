package ingest

import (
	"math/big"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/sheet"
)

// levelRow reads a row whose value is a level: the level, and the growth that
// may be reported beside it.
func (r *reader) levelRow(row *sheet.Row, p *plan, id *identity, base obs.Observation, letters string, taken bool) {
	growth := len(p.cell(row, growthColumn)) > 0 || len(p.cell(row, growthTextColumn)) > 0
	value := p.cell(row, valueColumn)
	if len(value) > 0 || taken || !growth || letters == "O" {
		r.level(row, p, id, base, letters, taken)
	}
	if growth && !id.series {
		r.growth(row, p, id, base, letters)
	}
}

// level adds the level of a row.
func (r *reader) level(row *sheet.Row, p *plan, id *identity, base obs.Observation, letters string, taken bool) {
	if !p.slots[valueColumn].stated && !taken {
		return
	}
	if id.unitless && !id.series && len(id.problems) == 0 {
		r.blame(row, p, problem{meaning: unitColumn, code: fault.UnitEmpty, expected: "a unit such as bn yuan, 亿元 or persons"})
	}
	n := r.notation
	n.Multiplier = id.multiplier
	o := base
	r.value(row, p, &o, cellOf{valueColumn, n, figure.Level}, letters, taken)
	o.Origin = r.origin(row, p, valueColumn)
	r.say(row, p, id, &id.named, o, true)
}

// claimRow reads a row whose value is itself a reported growth.
func (r *reader) claimRow(row *sheet.Row, p *plan, id *identity, base obs.Observation, letters string, taken bool) {
	if len(p.cell(row, growthColumn)) > 0 && !id.series {
		r.blame(row, p, problem{meaning: growthColumn, code: fault.GrowthOnClaim, value: fault.Clip(string(p.cell(row, growthColumn))),
			expected: "an empty cell, since the value is the growth"})
	}
	o := base
	r.claimValue(row, p, &o, valueColumn, letters, taken)
	r.say(row, p, id, &id.named, o, false)
}

// growth adds the growth that is reported beside a level. Its cells are read
// also where the row has another error, so that all are reported together.
func (r *reader) growth(row *sheet.Row, p *plan, id *identity, base obs.Observation, letters string) {
	if letters == "O" {
		letters = ""
	}
	measure := r.comparison(row, p, base.Period)
	basis := word(r, row, p, growthBasisColumn, growthBases, "nominal, real, unstated or nothing")
	o := base
	r.claimValue(row, p, &o, growthColumn, letters, false)
	if r.bad || id.totals {
		return
	}
	c, err := r.claim(id, measure, basis)
	if err != nil {
		r.blame(row, p, problemOf(comparisonColumn, string(measure), err))
		return
	}
	if len(p.cell(row, comparisonColumn)) == 0 && r.warnings != nil {
		r.assumed.comparison.add(row)
	}
	r.say(row, p, id, c, o, false)
}

// word reads a cell that may hold one of a few words.
func word[T any](r *reader, row *sheet.Row, p *plan, m meaning, words map[string]T, expected string) T {
	cell := p.cell(row, m)
	if found, ok := words[string(cell)]; ok {
		return found
	}
	found, ok := words[foldWord(cell)]
	if !ok {
		r.blame(row, p, problem{meaning: m, code: fault.WordUnknown, value: fault.Clip(string(cell)), expected: expected})
	}
	return found
}

// claimValue reads a growth from a cell: a number in percent, an index where
// that is declared, or words.
func (r *reader) claimValue(row *sheet.Row, p *plan, o *obs.Observation, m meaning, letters string, taken bool) {
	cell, words := p.cell(row, m), p.told(growthTextColumn, string(p.cell(row, growthTextColumn)))
	o.Origin = r.origin(row, p, m)
	if len(cell) == 0 && words != "" && !taken {
		o.Origin = r.origin(row, p, growthTextColumn)
		r.tell(o, words, letters)
		return
	}
	if text := string(cell); inWords(text) {
		r.tell(o, text, letters)
		return
	}
	r.value(row, p, o, cellOf{m, r.notation, figure.Percent}, letters, taken)
	o.Text = words
	if r.settings.GrowthIndex && o.State == obs.Present && !r.bad {
		less := new(big.Rat).Sub(o.Value.Rat(), big.NewRat(100, 1))
		o.Value, o.Indexed = figure.Rounded(less, o.Value.Decimals(), 0), true
	}
}

// tell states a growth in words.
func (r *reader) tell(o *obs.Observation, text, letters string) {
	if letters == "" {
		letters = "A"
	}
	o.State, o.Reason, o.Text, o.Status = obs.InWords, "words", text, letters
}

// cellOf says how a cell's number is written.
type cellOf struct {
	meaning  meaning
	notation figure.Notation
	kind     figure.Kind
}

// value reads a number, or why there is none, into the observation.
func (r *reader) value(row *sheet.Row, p *plan, o *obs.Observation, c cellOf, letters string, taken bool) {
	cell := p.cell(row, c.meaning)
	if taken {
		if len(cell) > 0 {
			r.blame(row, p, problem{meaning: c.meaning, code: fault.StatusContradicts, value: fault.Clip(string(cell)), expected: "an empty value, since the status is withdrawn"})
		}
		o.State, o.Status, o.Reason, o.Withdrawn = obs.Missing, "O", withdrawn, true
		return
	}
	var negative *int
	if c.meaning == valueColumn {
		decimals, err := wholeNumber(p.cell(row, decimalsColumn), fault.DecimalsInvalid, maxDecimals)
		if err != nil {
			r.blame(row, p, problemOf(decimalsColumn, string(p.cell(row, decimalsColumn)), err))
		}
		if decimals != nil && *decimals < 0 {
			negative = decimals
		} else {
			c.notation.Decimals = decimals
		}
	}
	text := string(cell)
	if text == "" && r.said.reason != "blank" {
		text = r.said.reason
	}
	reading, err := c.notation.Read(plainPercent(text, c.kind), c.kind)
	if err == nil && negative != nil && reading.State == figure.Present {
		reading.Value, err = reading.Value.WithDecimals(*negative)
	}
	if err != nil {
		r.blame(row, p, problemOf(c.meaning, text, err))
		return
	}
	r.take(row, p, o, c.meaning, reading, letters)
}

// plainPercent writes the full-width percent sign as the plain one.
func plainPercent(text string, kind figure.Kind) string {
	const wide = "％"
	if n := len(text) - len(wide); kind == figure.Percent && n >= 0 && text[n:] == wide {
		return text[:n] + "%"
	}
	return text
}

// take turns a reading into the state, value and status of an observation.
func (r *reader) take(row *sheet.Row, p *plan, o *obs.Observation, m meaning, reading figure.Reading, letters string) {
	o.Value = reading.Value
	for _, flag := range reading.Flags {
		switch letter := markStatus[flag]; {
		case flag == figure.FlagNegativeZero:
			r.warn(row, p, m, fault.NegativeZero, string(p.cell(row, m)), "0")
		case letter != "":
			letters = addStatus(letters, letter)
		case flag != figure.FlagNil:
			o.Note = joinNote(o.Note, flag)
		}
	}
	switch reading.State {
	case figure.Present:
		o.State = obs.Present
		if strings.ContainsAny(letters, noValue) {
			r.blame(row, p, problem{meaning: statusColumn, code: fault.StatusContradicts, value: letters, expected: "an empty value, or a status that goes with one"})
		}
	case figure.Nil:
		o.State = obs.Nil
	case figure.BelowUnit:
		o.State, letters = obs.BelowUnit, addStatus(letters, "N")
	case figure.Missing:
		o.State, o.Reason, letters = obs.Missing, string(reading.Reason), addStatus(letters, "O")
	}
	if letters == "" {
		letters = "A"
	}
	o.Status = letters
}

func joinNote(note, more string) string {
	if note == "" {
		return more
	}
	return note + "; " + more
}

// say adds a statement of the row.
func (r *reader) say(row *sheet.Row, p *plan, id *identity, n *named, o obs.Observation, level bool) {
	if r.bad || id.totals {
		return
	}
	r.out = append(r.out, statement{
		Entry: obs.Entry{Key: n.key, Observation: o}, named: n, id: id, level: level, line: row.Line,
	})
}
