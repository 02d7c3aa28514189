package query

import (
	"strings"
	"time"

	"bellwether/internal/period"
)

// Observation is a row as answers have it that hold few: the same names as the
// columns of rows. What belongs to a conversion is absent without one.
type Observation struct {
	Period           string `json:"period"`
	Label            string `json:"label"`
	Start            string `json:"start"`
	End              string `json:"end"`
	Months           Count  `json:"months"`
	YTD              bool   `json:"ytd"`
	Value            Number `json:"value"`
	Unit             string `json:"unit"`
	Multiplier       int    `json:"multiplier"`
	Decimals         Count  `json:"decimals"`
	Status           string `json:"status"`
	Flags            Text   `json:"flags"`
	Reason           Text   `json:"reason"`
	GrowthReported   Number `json:"growth_reported"`
	GrowthComparison Text   `json:"growth_comparison"`
	GrowthBasis      Text   `json:"growth_basis"`
	GrowthText       Text   `json:"growth_text"`
	GrowthComputed   Number `json:"growth_computed"`
	GrowthBase       Text   `json:"growth_base"`
	GrowthCheck      Text   `json:"growth_check"`
	Note             Text   `json:"note"`
	Published        string `json:"published"`
	PublishedAt      string `json:"published_at"`
	Source           Text   `json:"source"`
	SourceURL        Text   `json:"source_url"`
	Revision         Text   `json:"revision"`
	OriginalValue    Number `json:"original_value,omitempty"`
	OriginalUnit     Text   `json:"original_unit,omitempty"`
	FXRate           Number `json:"fx_rate,omitempty"`
	FXMethod         Text   `json:"fx_method,omitempty"`
	FXSource         Text   `json:"fx_source,omitempty"`
	GrowthReason     Text   `json:"growth_reason"`
	HalfWidth        Number `json:"half_width"`
	Derivation       Text   `json:"derivation"`
	Base             Text   `json:"base"`
}

// newObservation returns the row in the language, with dates of the zone.
func newObservation(r *Row, zone *time.Location, lang string) Observation {
	v := r.Version
	o := Observation{
		Period: v.Period.String(), Label: v.Period.Label(lang), Start: v.Period.Start().String(), End: v.Period.Last().String(),
		Months: monthsOf(v.Period), YTD: v.Period.YTD(),
		Unit: r.Unit, Multiplier: r.Multiplier, Status: r.Status, Flags: Text(strings.Join(r.Flags, ";")), Reason: Text(r.Reason),
		GrowthComparison: Text(r.Comparison), GrowthBasis: Text(r.Basis), GrowthText: Text(r.GrowthText),
		GrowthBase: Text(r.GrowthBase.String()), GrowthCheck: Text(r.Check), GrowthReason: Text(r.GrowthWhy),
		Note: Text(v.Note), Published: v.Published.In(zone).Format(time.DateOnly), PublishedAt: instant(v.Published),
		Source: Text(v.Source.Name), SourceURL: Text(v.Source.URL), Revision: Text(v.Revision),
	}
	if r.HasValue {
		o.Value = Number(r.Value.Text())
	}
	if r.HasValue || r.BelowUnit {
		o.Decimals = Count{r.Value.Decimals(), true}
	}
	o.Derivation, o.Base = Text(r.Derivation), Text(r.Base)
	if r.HasHalfWidth {
		o.HalfWidth = Number(r.HalfWidth.Text())
	}
	if r.HasReported {
		o.GrowthReported = Number(r.Reported.Text())
	}
	if r.HasComputed {
		o.GrowthComputed = Number(r.Computed.Text())
	}
	if r.Converted {
		o.OriginalUnit, o.FXRate, o.FXMethod, o.FXSource = Text(r.OriginalUnit), Number(r.Rate), Text(r.Method), Text(r.RateSource)
		if r.HasOriginal {
			o.OriginalValue = Number(r.Original.Text())
		}
	}
	return o
}

func monthsOf(p period.Period) Count {
	n, whole := p.Months()
	return Count{n, whole}
}

// instant returns the text of an instant in UTC, empty for the zero time.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// collector is a sink that keeps the rows as observations.
type collector struct {
	zone *time.Location
	lang string
	rows []Observation
	tail Tail
}

func (c *collector) Begin(Head) error { return nil }

func (c *collector) Row(r *Row) error {
	c.rows = append(c.rows, newObservation(r, c.zone, c.lang))
	return nil
}

func (c *collector) End(t Tail) error {
	c.tail = t
	return nil
}
