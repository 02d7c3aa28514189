package query

import "bellwether/internal/check"

// Explanation is where one number comes from and what else is said of it.
type Explanation struct {
	Series      SeriesInfo      `json:"series"` // its coverage is that of the series
	Observation Observation     `json:"observation"`
	Converted   []Observation   `json:"converted,omitempty"`
	Printed     *Printed        `json:"printed"` // null where nothing is
	Origin      Origin          `json:"origin"`
	Vintages    []Vintage       `json:"vintages"`   // all that are visible, by publication
	Derivation  *Derivation     `json:"derivation"` // null where nothing follows from other periods
	Claims      []ClaimInfo     `json:"claims"`
	Computed    *ComputedGrowth `json:"computed"` // null for a claim
	Conversion  []Disclosure    `json:"conversion,omitempty"`
	Warnings    []Warning       `json:"warnings,omitempty"` // of the conversion
	Elsewhere   []Elsewhere     `json:"elsewhere"`
	Suspects    []Suspect       `json:"-"` // what the flag label_suspect speaks of
}

// Printed is the figure as it stands in its publication.
type Printed struct {
	Value      Number `json:"value"`
	Decimals   int    `json:"decimals"`
	Multiplier int    `json:"multiplier"`
	Unit       string `json:"unit"`
	Indexed    bool   `json:"indexed"` // printed with the previous year = 100; value is less 100
}

// Origin is the cell that a figure was read from, and how it came here. Line
// and column are null where it came from none, and what the figures that a
// derived one follows from do not share is null too; its instants are the latest
// of theirs.
type Origin struct {
	Sheet       Text   `json:"sheet"`
	Line        Count  `json:"line"`
	Column      Count  `json:"column"`
	Cell        Text   `json:"cell"` // the raw text
	Source      Text   `json:"source"`
	SourceURL   Text   `json:"source_url"`
	Revision    Text   `json:"revision"`
	PublishedAt string `json:"published_at"`
	RecordedAt  string `json:"recorded_at"`
}

// Vintage is one version of the figure. Its value is at the multiplier of the
// series, its status the stored one, also where it is no number. Change is how it differs from the one before, with the kinds of
// package diff, and Percent by how much.
type Vintage struct {
	PublishedAt string `json:"published_at"`
	RecordedAt  string `json:"recorded_at"`
	Revision    string `json:"revision"`
	InForce     bool   `json:"in_force"`
	Value       Number `json:"value"`
	Decimals    Count  `json:"decimals"`
	Status      Text   `json:"status"`
	Reason      Text   `json:"reason"`
	Text        Text   `json:"text"`
	Change      Text   `json:"change"` // null for the first
	Percent     Number `json:"percent"`
	Note        Text   `json:"note"`
	Origin      Origin `json:"origin"`
}

// Derivation is what follows for the period of a figure from reported figures of
// other periods. All numbers are at Multiplier. Where the figure is reported
// itself, Agrees says whether the two differ by no more than both half-widths.
type Derivation struct {
	Value      Number    `json:"value"`
	Decimals   int       `json:"decimals"`
	HalfWidth  Number    `json:"half_width"`
	Multiplier int       `json:"multiplier"`
	How        string    `json:"how"`
	From       []Operand `json:"from"`
	Flags      Text      `json:"flags"`
	Agrees     *bool     `json:"agrees"` // null where the figure is not reported
}

// Operand is a reported figure that another one follows from. Sign is + where
// it is added and - where it is taken away.
type Operand struct {
	Sign        string `json:"sign"`
	Period      string `json:"period"`
	Value       Number `json:"value"`
	Decimals    int    `json:"decimals"`
	HalfWidth   Number `json:"half_width"`
	Status      string `json:"status"`
	PublishedAt string `json:"published_at"`
	Revision    string `json:"revision"`
}

// ClaimInfo is a growth that was reported for the figure. Shown says that it
// is the one which the row shows.
type ClaimInfo struct {
	Series     string  `json:"series"`
	Comparison string  `json:"comparison"`
	Basis      string  `json:"basis"`
	Shown      bool    `json:"shown"`
	Value      Number  `json:"value"` // percent
	Text       Text    `json:"text"`
	Reason     Text    `json:"reason"`
	Indexed    bool    `json:"indexed"`
	Check      *Tested `json:"check"` // null where nothing can be tested against levels
	Origin     Origin  `json:"origin"`
}

// Tested is the exact test of a claim with every figure: percentages, and the
// prior that value and claim imply at the multiplier of the series. Prior is
// the level that the claim was tested against.
type Tested struct {
	Class        check.Class `json:"class"`
	Reason       Text        `json:"reason"`
	Hints        []string    `json:"hints"`
	Guess        bool        `json:"guess"`
	Computed     Number      `json:"computed"`
	ComputedLow  Number      `json:"computed_low"`
	ComputedHigh Number      `json:"computed_high"`
	Gap          Number      `json:"gap"`
	GapLow       Number      `json:"gap_low"`
	GapHigh      Number      `json:"gap_high"`
	ImpliedPrior Number      `json:"implied_prior"`
	Prior        *Prior      `json:"prior"`
}

// Prior is the level of the same period a year earlier. Value is null where
// nothing stands.
type Prior struct {
	Period      string `json:"period"`
	Value       Number `json:"value"`
	Multiplier  int    `json:"multiplier"`
	PublishedAt Text   `json:"published_at"`
	Revision    Text   `json:"revision"`
}

// ComputedGrowth is the growth that follows from the levels, or why there is
// none.
type ComputedGrowth struct {
	Value  Number `json:"value"` // percent
	Exact  Text   `json:"exact"` // the ratio less 1
	Reason Text   `json:"reason"`
	Base   *Prior `json:"base"`
}

// The ways in which another series is of the same figure.
const (
	OtherUnit       = "unit"
	OtherBasis      = "price_basis"
	OtherMeasure    = "measure"
	OtherAdjustment = "adjustment"
	OtherScenario   = "scenario"
	OtherDataset    = "dataset"
)

// Elsewhere is what another series says of the same indicator, area and
// period. Differs names what of its identity is another.
type Elsewhere struct {
	Series       string       `json:"series"`
	Title        string       `json:"title"`
	Differs      []string     `json:"differs"`
	Value        Number       `json:"value"`
	Unit         string       `json:"unit"`
	Multiplier   int          `json:"multiplier"`
	Status       Text         `json:"status"`
	Reason       Text         `json:"reason"`
	PublishedAt  string       `json:"published_at"`
	LabelSuspect bool         `json:"label_suspect"` // the two are equal as bare numbers and not when converted
	ImpliedRate  *ImpliedRate `json:"implied_rate"`  // null unless both are levels in two currencies
}

// ImpliedRate is the exchange rate that two statements of one figure imply,
// with five decimals, beside the average of the period where one is known.
type ImpliedRate struct {
	Quotation string `json:"quotation"`
	Low       Number `json:"low"`
	High      Number `json:"high"`
	Observed  Number `json:"observed"`
	Contains  bool   `json:"contains"` // the observed rate lies between the two
}
