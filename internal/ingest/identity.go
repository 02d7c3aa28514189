package ingest

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// identity is what the identifying cells of a row say together. Rows that have
// the same texts in them share one.
type identity struct {
	named                       // the series of the row's value
	multiplier  int             // of the value
	money       bool            // the unit is a currency
	plain       bool            // the currency is the office's, which the cell does not name
	claims      []*claimed      // the series of reported growths, as they are met
	problems    []problem       // what is wrong with the cells
	unitless    bool            // no unit is stated
	total       bool            // a label is that of a total
	totals      bool            // a label looks like that of a total and is not declared
	unheld      []renamed       // labels beside codes that the catalogue does not have
	renamed     []renamed       // former codes
	series      bool            // a series column says it
	unitText    string          // the unit's cell
	unexpected  string          // the kinds of unit that the catalogue has for the indicator, when this is of none of them
	label       inLabel         // the label of the indicator, taken apart
	part        string          // of the year, as a word in the label says it
	unitInLabel bool            // and in no column
	left        bool            // a setting leaves the rows of its labels out
	counts      *indicatorUnits // what the indicator is stated in
}

// named is a series with its code and the code's hash.
type named struct {
	key  series.Key
	code string
	hash uint64
}

// claimed is the series of a growth that is reported beside the value.
type claimed struct {
	measure series.Measure
	basis   string
	named
}

// renamed is a former code.
type renamed struct {
	meaning   meaning
	from, now string
}

// problem is what is wrong with one cell; where it stands is the row's to say.
type problem struct {
	meaning   meaning
	dimension int // of a dimension's cell: its place in the plan
	code      fault.Code
	value     string
	expected  string
}

func problemOf(m meaning, value string, err error) problem {
	e := fault.From(err)
	expected := e.Expected
	if expected == "" {
		expected = e.Detail
	}
	return problem{meaning: m, code: e.Code, value: fault.Clip(value), expected: remedied(expected, e.Code, value)}
}

// identityColumns are the columns that identify, in the order in which their
// texts make the key of the cache.
var identityColumns = [...]meaning{
	seriesColumn, indicatorColumn, areaColumn, unitColumn, multiplierColumn, measureColumn, basisColumn, adjustmentColumn, scenarioColumn, datasetColumn,
	indicatorLabelColumn, areaLabelColumn, unitLabelColumn,
}

// maxIdentities bounds the cache of identities.
const maxIdentities = 1 << 14

// identity returns what the identifying cells of a row say.
func (r *reader) identity(row *sheet.Row, p *plan) *identity {
	key := r.scratch[:0]
	for _, m := range identityColumns {
		key = append(append(key, p.cell(row, m)...), 0)
	}
	for i := range p.dimensions {
		key = append(append(key, p.dimensions[i].slot.cell(row)...), 0)
	}
	r.scratch = key
	if id, ok := r.identities[string(key)]; ok {
		return id
	}
	if len(r.identities) >= maxIdentities {
		clear(r.identities)
	}
	id := r.identify(row, p)
	r.identities[string(key)] = id
	return id
}

// identify resolves the cells of a row that identify its series.
func (r *reader) identify(row *sheet.Row, p *plan) *identity {
	id := &identity{}
	if p.slots[seriesColumn].stated {
		r.identifyBySeries(id, row, p)
	} else {
		r.identifyByParts(id, row, p)
	}
	if len(id.problems) == 0 {
		r.checkEditor(id)
	}
	if len(id.problems) == 0 && !id.totals && !id.left {
		id.named = r.name(id.key)
		id.counts = r.unitsOf(id.key.Indicator)
		id.unexpected = r.unexpected(id.key)
	}
	return id
}

// checkEditor refuses a dataset that names its editors to a key that is none of
// them.
func (r *reader) checkEditor(id *identity) {
	by := r.moment.By
	dataset, ok := r.labels.Dataset(id.key.Dataset)
	if !ok || len(dataset.Editors) == 0 || by == "" || obs.IsCommand(by) || slices.Contains(dataset.Editors, by) {
		return
	}
	id.problems = append(id.problems, problem{meaning: datasetColumn, code: fault.DatasetForbidden, value: dataset.Code,
		expected: "a dataset that the key " + strconv.Quote(by) + " may edit, or a key that may edit this one"})
}

func (r *reader) name(k series.Key) named {
	n := r.nameText(k.Code())
	n.key = k
	return n
}

func (r *reader) nameText(code string) named {
	return named{code: code, hash: maphash.String(r.seed, code)}
}

// identifyBySeries reads a series' code, and a unit that may stand beside it.
func (r *reader) identifyBySeries(id *identity, row *sheet.Row, p *plan) {
	id.series = true
	text := string(p.cell(row, seriesColumn))
	key, err := series.Parse(text)
	if err == nil {
		var former bool
		key, former, err = r.labels.Resolve(key)
		if former {
			id.renamed = append(id.renamed, renamed{seriesColumn, text, key.Code()})
		}
	}
	if err != nil {
		id.problems = append(id.problems, problemOf(seriesColumn, text, err))
		return
	}
	id.key = key
	r.unit(id, row, p)
	if len(id.problems) > 0 {
		return
	}
	stated := id.key.Unit
	id.key.Unit = key.Unit
	if stated != key.Unit && !id.unitless && !(key.IsClaim() && stated == percent) {
		id.problems = append(id.problems, problem{meaning: unitColumn, code: fault.SeriesUnitDiffers,
			value: fault.Clip(id.unitText), expected: key.UnitCode() + ", or an empty cell"})
	}
	unit, _, ok := r.labels.LookupUnit(key.Unit)
	id.money = ok && series.Fold(unit) == key.Unit && len(key.Unit) == 3
	id.unitless = false
}

// percent is the unit of a growth whose row states no unit.
const percent = "percent"

// identifyByParts reads the cells of indicator, area, unit and the rest.
func (r *reader) identifyByParts(id *identity, row *sheet.Row, p *plan) {
	r.indicator(id, row, p)
	id.key.Area = r.label(id, catalog.Areas, areaColumn, p.cell(row, areaColumn))
	if text := p.cell(row, datasetColumn); len(text) > 0 {
		id.key.Dataset = r.label(id, catalog.Datasets, datasetColumn, text)
	}
	r.words(id, row, p)
	r.sayWords(id, row, p)
	for i := range p.dimensions {
		r.item(id, i, p.dimensions[i].code, p.dimensions[i].slot.cell(row))
	}
	r.unit(id, row, p)
	if !id.totals && !id.left {
		r.holdLabels(id, row, p)
	}
	if len(id.problems) > 0 || id.totals || id.left {
		return
	}
	if id.unitless {
		id.key.Unit = percent
	}
	key, err := id.key.Normal()
	if err != nil {
		id.problems = append(id.problems, problemOf(keyColumn(err), id.key.Basis, err))
		return
	}
	id.key = key
}

// keyColumn returns the column that a fault of the key belongs to.
func keyColumn(err error) meaning {
	if fault.CodeOf(err) == fault.SeriesBasisMismatch {
		return basisColumn
	}
	return indicatorColumn
}

// label resolves a label and notes when it is that of a total.
func (r *reader) label(id *identity, s catalog.Section, m meaning, cell []byte) string {
	text := string(cell)
	if s == catalog.Indicators || s == catalog.Areas {
		r.noteTotal(id, text)
	}
	text, said := r.labelled.said(s, text)
	if id.left = id.left || said && text == ignore; id.left {
		return ""
	}
	code, err := r.labels.Match(s, text)
	if err != nil {
		p := problemOf(m, text, err)
		if text == "" {
			p.code, p.expected = fault.CellEmpty, "a code, an alias or a label"
		}
		if !id.totals {
			id.problems = append(id.problems, p)
		}
		return ""
	}
	if current, ok := r.labels.Current(s, text); ok && series.Fold(current) != series.Fold(text) {
		id.renamed = append(id.renamed, renamed{m, text, current})
	}
	return series.Fold(code)
}

// noteTotal compares a label with those of totals.
func (r *reader) noteTotal(id *identity, text string) {
	folded := catalog.Fold(text)
	if slices.ContainsFunc(r.settings.TotalLabels, func(label string) bool { return catalog.Fold(label) == folded }) {
		id.total = true
		return
	}
	if len(r.settings.TotalLabels) == 0 && (folded == "合计" || folded == "总计" || folded == "total") {
		id.totals = true
	}
}

// item resolves the cell of a dimension; an empty one is the total.
func (r *reader) item(id *identity, at int, dimension string, cell []byte) {
	if len(cell) == 0 {
		return
	}
	text := string(cell)
	code, err := r.labels.Match(catalog.Items, dimension+"-"+text)
	if err != nil {
		if found, other := r.labels.Match(catalog.Items, text); other == nil && strings.HasPrefix(found, dimension+"-") {
			code, err = found, nil
		}
	}
	if err != nil {
		p := problemOf(none, text, err)
		p.dimension = at
		id.problems = append(id.problems, p)
		return
	}
	item := strings.TrimPrefix(series.Fold(code), series.Fold(dimension)+"-")
	id.key.Breakdowns = append(id.key.Breakdowns, series.Breakdown{Dimension: dimension, Item: item})
}

// unit resolves the unit's cell and the multiplier's.
func (r *reader) unit(id *identity, row *sheet.Row, p *plan) {
	id.unitText = string(p.cell(row, unitColumn))
	multiplier, err := wholeNumber(p.cell(row, multiplierColumn), fault.MultiplierInvalid, figure.MaxExponent)
	if err != nil {
		id.problems = append(id.problems, problemOf(multiplierColumn, string(p.cell(row, multiplierColumn)), err))
		return
	}
	if !r.takeLabelUnit(id) {
		return
	}
	if id.unitText == "" {
		id.unitless = true
		if multiplier != nil {
			id.multiplier = *multiplier
		}
		return
	}
	unit, err := r.parseUnit(id.unitText)
	if err == nil && multiplier != nil {
		unit, err = unit.At(*multiplier)
	}
	if err != nil {
		found := r.unitProblem(id.unitText, err)
		if id.unitInLabel && found.meaning == unitColumn {
			found.meaning = indicatorColumn
		}
		id.problems = append(id.problems, found)
		return
	}
	id.plain = r.isPlain(id.unitText)
	id.key.Unit, id.multiplier = series.Fold(unit.Code), unit.Multiplier
	id.money = unit.Kind == figure.Money
}

// isPlain reports whether a unit that was read has the sign of several
// currencies and was taken for the office's.
func (r *reader) isPlain(text string) bool {
	if r.settings.Currency != "" || r.units.Currency == "" {
		return false
	}
	said, _ := r.labelled.said(catalog.Units, text)
	_, err := figure.UnitRules{Lookup: r.units.Lookup}.Parse(said)
	return fault.CodeOf(err) == fault.UnitCurrencyUndeclared
}

// unitProblem names the nearest units where a text is none.
func (r *reader) unitProblem(text string, err error) problem {
	p := problemOf(unitColumn, text, err)
	switch p.code {
	case fault.UnitMultiplierTwice:
		p.meaning = multiplierColumn
	case fault.UnitUnrecognised:
		if _, err := r.labels.Match(catalog.Units, text); err != nil {
			if nearest := fault.From(err).Expected; nearest != "" {
				p.expected += "; nearest: " + nearest
			}
		}
	}
	return p
}

// claim returns the series of a growth that is reported beside the value.
func (r *reader) claim(id *identity, measure series.Measure, basis string) (*named, error) {
	for _, c := range id.claims {
		if c.measure == measure && c.basis == basis {
			return &c.named, nil
		}
	}
	key, err := id.key.Claim(measure, basis).Normal()
	if err != nil {
		return nil, err
	}
	c := &claimed{measure: measure, basis: basis, named: r.name(key)}
	id.claims = append(id.claims, c)
	return &c.named, nil
}
