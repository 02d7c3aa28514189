package ingest

import (
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// The words of the columns that have few, in both languages; read only.
var (
	measures = map[string]series.Measure{
		"": series.Level, "level": series.Level, "水平": series.Level,
		"yoy": series.YoY, "同比": series.YoY, "pop": series.PoP, "环比": series.PoP, "saar": series.SAAR, "环比折年率": series.SAAR,
	}
	comparisons = map[string]comparison{
		"": {series.YoY, 0}, "yoy": {series.YoY, 0}, "同比": {series.YoY, 0},
		"pop": {series.PoP, 0}, "qoq": {series.PoP, quarter}, "mom": {series.PoP, month}, "环比": {series.PoP, 0},
		"saar": {series.SAAR, 0}, "环比折年率": {series.SAAR, 0},
	}
	growthBases = map[string]string{
		"": series.Unstated, "unstated": series.Unstated, "unspecified": series.Unstated,
		"nominal": series.Nominal, "名义": series.Nominal, "real": series.Real, "实际": series.Real,
	}
	priceBases = map[string]string{"名义": series.Nominal, "现价": series.Nominal, "实际": series.Real}
	scenarios  = map[string]string{"实际": series.Actual, "目标": series.Target, "预测": series.Forecast}
)

func foldWord(cell []byte) string { return catalog.Fold(string(cell)) }

// words reads the cells of measure, price basis, adjustment and scenario. What
// each may hold is the key's to say.
func (r *reader) words(id *identity, row *sheet.Row, p *plan) {
	cell := p.cell(row, measureColumn)
	measure, ok := measures[foldWord(cell)]
	if !ok {
		id.problems = append(id.problems, problem{meaning: measureColumn, code: fault.WordUnknown, value: fault.Clip(string(cell)), expected: "level, yoy, pop or saar"})
	}
	id.key.Measure = measure
	id.key.Basis = translated(priceBases, p.cell(row, basisColumn))
	id.key.Scenario = translated(scenarios, p.cell(row, scenarioColumn))
	id.key.Adjustment = foldWord(p.cell(row, adjustmentColumn))
	for _, part := range []struct {
		meaning meaning
		text    string
		key     series.Key
	}{
		{basisColumn, id.key.Basis, series.Key{Measure: measure, Basis: id.key.Basis}},
		{adjustmentColumn, id.key.Adjustment, series.Key{Adjustment: id.key.Adjustment}},
		{scenarioColumn, id.key.Scenario, series.Key{Scenario: id.key.Scenario}},
	} {
		if part.text == "" {
			continue
		}
		part.key.Indicator, part.key.Area, part.key.Unit = "x", "x", "x"
		if _, err := part.key.Normal(); err != nil {
			id.problems = append(id.problems, problemOf(part.meaning, part.text, err))
		}
	}
}

func translated(words map[string]string, cell []byte) string {
	folded := foldWord(cell)
	if word, ok := words[folded]; ok {
		return word
	}
	return folded
}

// wholeNumber reads a whole number from -limit to limit; nil for an empty
// cell.
func wholeNumber(cell []byte, code fault.Code, limit int) (*int, error) {
	if len(cell) == 0 {
		return nil, nil
	}
	n, err := strconv.Atoi(string(cell))
	if err != nil || n < -limit || n > limit || strconv.Itoa(n) != string(cell) {
		return nil, fault.New(fault.Invalid, code, "%q is no whole number in range", fault.Clip(string(cell))).
			Expect("a whole number from %d to %d", -limit, limit)
	}
	return &n, nil
}

// withdrawn is the status that takes a figure back.
const withdrawn = "withdrawn"

// statusLetters are the letters of the SDMX list of observation statuses in
// the order in which they are written: how the figure came about, then what is
// to be known of it, then why there is none.
const statusLetters = obs.StatusLetters

// noValue are the letters that say why there is no value.
const noValue = "OLMHQ"

// status reads a status cell: letters, joined by semicolons, commas or spaces.
func status(cell []byte) (letters string, taken bool, err error) {
	text := string(cell)
	if text == "" {
		return "", false, nil
	}
	if strings.EqualFold(text, withdrawn) || text == "撤回" {
		return "", true, nil
	}
	seen := [len(statusLetters)]bool{}
	for _, part := range strings.FieldsFunc(strings.ToUpper(text), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		at := strings.Index(statusLetters, part)
		if len(part) != 1 || at < 0 {
			return "", false, fault.New(fault.Invalid, fault.StatusUnknown, "%q is no status", fault.Clip(text)).
				Expect("letters of the SDMX list joined by semicolons, such as A, P, E, F, B, U, or withdrawn")
		}
		seen[at] = true
	}
	joined := joinStatus(seen)
	if seen[0] && joined != "A" {
		return "", false, fault.New(fault.Invalid, fault.StatusContradicts, "a figure is not normal and something else at once").
			Expect("A alone, or the other letters without it")
	}
	return joined, false, nil
}

func joinStatus(seen [len(statusLetters)]bool) string {
	var b strings.Builder
	for i := range statusLetters {
		if !seen[i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteByte(statusLetters[i])
	}
	return b.String()
}

// markStatus are the meanings of marks behind a number that have a letter of
// their own; read only.
var markStatus = map[string]string{
	"provisional": "P", "preliminary": "P", "estimated": "E", "forecast": "F", "break": "B", "low_reliability": "U", "imputed": "I",
}

// addStatus adds a letter to joined ones.
func addStatus(letters, letter string) string {
	joined, _, err := status([]byte(strings.TrimPrefix(letters, "A") + ";" + letter))
	if err != nil {
		return letters
	}
	return joined
}

// inWords reports whether a growth is told as a multiple, which is never
// turned into a number.
func inWords(text string) bool {
	folded := strings.ToLower(text)
	return strings.Contains(folded, "times") || strings.Contains(folded, "fold") || strings.Contains(text, "倍")
}

// maxDecimals bounds the column of decimals.
const maxDecimals = figure.MaxDecimals
