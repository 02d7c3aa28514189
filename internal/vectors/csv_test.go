package vectors

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

var csvOperations = map[string]operation{"import_csv": importCSV}

// plainLabels takes every label for what it says: the code of the n-th one is
// x<n>. Three letters are a currency. A file need not state an area.
type plainLabels struct {
	codes  map[string]string
	labels map[string]string
}

func (l *plainLabels) Match(_ catalog.Section, text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	code, ok := l.codes[text]
	if !ok {
		code = "x" + strconv.Itoa(len(l.codes))
		l.codes[text], l.labels[code] = code, text
	}
	return code, nil
}

func (l *plainLabels) Current(catalog.Section, string) (string, bool) { return "", false }

func (l *plainLabels) Resolve(k series.Key) (series.Key, bool, error) { return k, false, nil }

func (l *plainLabels) LookupUnit(code string) (string, string, bool) {
	return code, "money", len(code) == len("cny")
}

func (l *plainLabels) Indicator(string) (catalog.Indicator, bool) { return catalog.Indicator{}, false }

func (l *plainLabels) Unit(string) (catalog.Unit, bool) { return catalog.Unit{}, false }

func (l *plainLabels) Dataset(string) (catalog.Dataset, bool) { return catalog.Dataset{}, false }

func (l *plainLabels) Dimensions() []catalog.Dimension { return nil }

func (l *plainLabels) Areas() []catalog.Area { return nil }

type csvRow struct {
	Line      int     `json:"line"`
	Indicator string  `json:"indicator"`
	Region    string  `json:"region"`
	Period    string  `json:"period"`
	Currency  *string `json:"currency"`
	Status    string  `json:"status"`
	Value     *string `json:"value"`
	HalfWidth *string `json:"half_width"`
	Total     bool    `json:"total,omitempty"`
}

type csvAccepted struct {
	Verdict  string   `json:"verdict"`
	Encoding string   `json:"encoding"`
	Rows     []csvRow `json:"rows"`
	Warnings []string `json:"warnings"`
	Notes    []string `json:"notes,omitempty"`
}

type csvAsked struct {
	Verdict string   `json:"verdict"`
	Asks    []string `json:"asks"`
}

type csvRejected struct {
	Verdict   string     `json:"verdict"`
	Code      fault.Code `json:"code"`
	Line      int        `json:"line,omitempty"`
	FirstLine int        `json:"first_line,omitempty"`
	Cause     fault.Code `json:"cause,omitempty"`
}

func importCSV(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Text    string          `json:"text"`
		Base64  string          `json:"base64"`
		Profile ingest.Settings `json:"profile"`
	}](in)
	if err != nil {
		return nil, err
	}
	raw := []byte(c.Text)
	if c.Base64 != "" {
		if raw, err = base64.StdEncoding.DecodeString(c.Base64); err != nil {
			return nil, err
		}
	}
	labels := &plainLabels{map[string]string{}, map[string]string{}}
	rows := []csvRow{}
	report, err := ingest.Read(context.Background(),
		ingest.File{Name: "case.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil }},
		ingest.Reading{Settings: c.Profile, Labels: labels, Moment: ingest.Moment{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC}},
		func(s ingest.Statement) error {
			rows = append(rows, csvRowOf(s, labels))
			return nil
		})
	if err != nil {
		return nil, err
	}
	return csvVerdict(report, rows), nil
}

func csvRowOf(s ingest.Statement, labels *plainLabels) csvRow {
	row := csvRow{Line: s.Line, Indicator: labels.labels[s.Key.Indicator], Region: labels.labels[s.Key.Area],
		Period: s.Period.String(), Status: "value", Total: s.Total}
	if unit := s.Key.UnitCode(); len(unit) == 3 {
		row.Currency = &unit
	}
	if s.State == obs.Missing {
		row.Status = s.Reason
		return row
	}
	value, half := figure.ExactText(s.Value.Rat()), figure.ExactText(s.Value.HalfRat())
	row.Value, row.HalfWidth = &value, &half
	return row
}

func csvVerdict(report *ingest.Report, rows []csvRow) any {
	switch report.Verdict {
	case ingest.NeedsProfile:
		return csvAsked{report.Verdict, []string{report.Questions[0].Need}}
	case ingest.Reject:
		first := report.Errors[0]
		return csvRejection(first)
	}
	warnings := []string{}
	for _, w := range report.WarningCounts {
		if w.Code != fault.PublishedAtAssumed {
			warnings = append(warnings, string(w.Code))
		}
	}
	return csvAccepted{report.Verdict, report.File.Encoding, rows, warnings, report.Notes}
}

// csvRejection says a finding in the words of the cases: what lies in one cell
// is an error of its row, and what concerns the whole file has no line.
func csvRejection(f ingest.Finding) csvRejected {
	r := csvRejected{Verdict: ingest.Reject, Code: f.Code, Line: f.Line, FirstLine: f.FirstLine}
	switch {
	case !strings.HasPrefix(string(f.Code), "csv_"):
		r.Code, r.Cause = "csv_row_error", f.Code
	case slices.Contains([]fault.Code{fault.CSVEncodingConflict, fault.CSVReplacement, fault.CSVBadEncoding, fault.CSVNul, fault.CSVStrayCR}, f.Code):
		r.Line = 0
	}
	return r
}
