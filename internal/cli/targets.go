package cli

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"github.com/spf13/cobra"

	"bellwether/internal/term"
)

func targetQuestions() []question {
	return []question{
		{"indicator", "only these indicators, by comma"},
		{"area", "only these areas"},
		{"unit", "only these units"},
		{"measure", "level, yoy, pop or saar (default all)"},
		{"dataset", "only this dataset (default all)"},
		{"base", "the period from which the road is measured, in any notation (default the earliest of the target's length)"},
		{"as_of", "what was published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
		{"lang", "en or zh, for titles and labels"},
	}
}

func (s *session) targetsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "targets [SERIES]",
		Short: "Show how targets stand",
		Long: `Show every target beside the actual figures: how much is attained, what it still
takes a year, and whether the road so far leads there. Targets that differ for
one figure, by source, unit or dataset, are all shown. Nine months are never
scaled to a year and nothing is converted; what cannot be said has its reason.
With SERIES only the targets of that figure.`,
		Example: `  bellwether targets
  bellwether targets gdp.cn-cq-lj.cny --base 2012
  bellwether targets --area cn-cq-lj --as-of 2014-12-31 --json`,
		Args: atMostSeries,
	}
	return s.reads(cmd, reading{targetQuestions(), pathOfTargets, s.targets})
}

func pathOfTargets(args []string) string {
	if len(args) == 0 {
		return "/v1/targets"
	}
	return "/v1/series/" + url.PathEscape(args[0]) + "/targets"
}

// atMostSeries takes one series or none.
func atMostSeries(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(fmt.Errorf("%q is one word too many", args[1]))
	}
	return nil
}

// target is the part of an answer about a target that a table shows.
type target struct {
	Series   string       `json:"series"`
	Title    string       `json:"title"`
	InForce  bool         `json:"in_force"`
	Target   statedFigure `json:"target"`
	Actual   *namedSeries `json:"actual"`
	Current  statedFigure `json:"current"`
	Attained json.Number  `json:"attainment"`
	Gap      json.Number  `json:"gap"`
	Status   string       `json:"status"`
	Reason   string       `json:"reason"`
	Yearly   json.Number  `json:"required_yearly"`
	Base     statedFigure `json:"base"`
	Actually json.Number  `json:"actual_yearly"`
	Needed   json.Number  `json:"required_yearly_from_base"`
	OnTrack  *bool        `json:"on_track"`
	Why      string       `json:"on_track_reason"`
	Growth   *struct {
		Label    string      `json:"label"`
		Reported json.Number `json:"growth_reported"`
		Computed json.Number `json:"growth_computed"`
		Check    string      `json:"growth_check"`
	} `json:"latest_growth"`
}

type namedSeries struct {
	Series string `json:"series"`
}

type statedFigure struct {
	Label      string      `json:"label"`
	Value      json.Number `json:"value"`
	Unit       string      `json:"unit"`
	Multiplier int         `json:"multiplier"`
	Source     string      `json:"source"`
}

// targets writes an answer about targets: a line for each and, on standard
// error, what is to be known beside them.
func (s *session) targets(cmd *cobra.Command, r *remote, path string, asked url.Values) error {
	var answer struct {
		Targets []target `json:"targets"`
	}
	if err := r.read(cmd.Context(), path, asked, &answer); err != nil {
		return err
	}
	if len(answer.Targets) == 0 {
		s.say("no targets")
		return nil
	}
	rows := [][]string{{"target", "by", "goal", "figure", "of", "attained %", "left", "needs % a year", "grew % a year", "had to grow %", "since", "stands"}}
	for _, t := range answer.Targets {
		rows = append(rows, t.cells(measuredTwice(answer.Targets, t)))
	}
	rows = withoutEmpty(rows)
	if err := term.Table(s.Out, alignments(rows), rows); err != nil {
		return err
	}
	s.notes(answer.Targets)
	return nil
}

// notes writes what is to be known beside targets, each once.
func (s *session) notes(targets []target) {
	var said []string
	for _, t := range targets {
		if note := t.note(); note != "" && !slices.Contains(said, note) {
			said = append(said, note)
			s.say("note: %s", note)
		}
	}
}

// measuredTwice reports whether another row has the title and period of a target
// and is of other series, so that only their codes tell the two apart.
func measuredTwice(all []target, t target) bool {
	return slices.ContainsFunc(all, func(other target) bool {
		return other.Title == t.Title && other.Target.Label == t.Target.Label &&
			(other.Series != t.Series && other.Target.Unit == t.Target.Unit || other.actual() != t.actual())
	})
}

// actual is the series that the target is measured by, empty for none.
func (t target) actual() string {
	if t.Actual == nil {
		return ""
	}
	return t.Actual.Series
}

// cells are the target as text, in the order of the table's header. Coded names
// the series behind the title: that of the target, and what it is measured by.
func (t target) cells(coded bool) []string {
	title := t.Title
	if coded {
		title += " (" + t.Series + " by " + t.actual() + ")"
	}
	return []string{
		title, t.Target.Label, t.Target.amount(), t.Current.amount(), t.Current.Label, string(t.Attained), string(t.Gap),
		string(t.Yearly), string(t.Actually), string(t.Needed), t.Base.Label, t.stands(),
	}
}

// amount says a figure with its unit, such as 600 billion CNY.
func (f statedFigure) amount() string {
	if f.Value == "" {
		return ""
	}
	return string(f.Value) + " " + unitText(f.Unit, f.Multiplier)
}

// unitText says a unit with its power of ten, such as billion CNY.
func unitText(unit string, multiplier int) string {
	scale := map[int]string{0: "", 3: "thousand ", 6: "million ", 9: "billion ", 12: "trillion "}
	word, known := scale[multiplier]
	if !known {
		word = fmt.Sprintf("x 10^%d ", multiplier)
	}
	return word + unit
}

// stands says in plain words how the target stands.
func (t target) stands() string {
	text := "cannot be said: " + targetReason(t.Why)
	switch {
	case t.Status == "met" || t.Status == "missed":
		text = t.Status
	case t.OnTrack != nil && *t.OnTrack:
		text = "on track"
	case t.OnTrack != nil:
		text = "behind"
	}
	if !t.InForce {
		text += ", stated earlier"
	}
	return text
}

// targetReason says in words why it cannot be said whether a target is on
// track.
func targetReason(code string) string {
	text, known := map[string]string{
		"actual_missing":         "there are no actual figures",
		"value_missing":          "a value is missing",
		"period_length_mismatch": "the periods differ in length, and none is scaled",
		"currency_differs":       "the units differ, and nothing is converted",
		"target_nonpositive":     "the target is not above zero",
		"base_missing":           "no earlier figure to measure from",
		"base_zero":              "what it starts from is zero",
		"base_negative":          "what it starts from is below zero",
		"base_not_earlier":       "the base is no earlier than the figure itself",
		"period_mismatch":        "no whole months lie between the periods",
		"rate_needs_points":      "a rate does not grow by percents",
		"direction_undeclared":   "nobody says whether it is to rise or to fall",
	}[code]
	if !known {
		return words(code)
	}
	return text
}

// note says what is to be known beside an open target: the newest growth, and
// whose word one is that another has taken the place of.
func (t target) note() string {
	switch {
	case !t.InForce && t.Target.Source != "":
		return fmt.Sprintf("%s by %s is the word of %s; a later one is in force", t.Target.amount(), t.Target.Label, t.Target.Source)
	case !t.InForce || t.Growth == nil || t.Status != "" && t.Status != "open":
		return ""
	}
	text := fmt.Sprintf("%s: %s grew", t.Actual.Series, t.Growth.Label)
	if t.Growth.Reported != "" {
		text += fmt.Sprintf(" %s %% on a year earlier as reported", t.Growth.Reported)
	}
	if t.Growth.Computed != "" {
		if t.Growth.Reported != "" {
			text += ","
		}
		text += fmt.Sprintf(" %s %% as computed", t.Growth.Computed)
	}
	switch t.Growth.Check {
	case "", "consistent", "not_testable":
		return text
	}
	return text + " (" + words(t.Growth.Check) + ")"
}
