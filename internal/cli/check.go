package cli

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/term"
)

func checkQuestions() []question {
	return []question{
		{"area", "only these areas, by comma"},
		{"indicator", "only these indicators, held against their parts and totals"},
		{"kind", "claim, parts_total, periods, label or datasets, by comma"},
		{"class", "what was found, by comma, such as scope_or_revision; not_testable and consistent only when named"},
		{"as_of", "what was published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
		{"lang", "en or zh, for titles and labels"},
	}
}

func (s *session) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "List the figures that cannot all be true",
		Long: `List what does not fit together, within the rounding of what was printed: reported
growth and the levels of its two periods, parts and their total, shorter periods
and the longer one, one number under two currencies, one figure in two datasets.
Each line says what was reported, what the other figures make of it, and the gap.
A class that goes by the size of the gap alone is marked as a guess; price_basis
is no contradiction: prices can explain it.

The exit code is 0 whenever the report was made, whatever it found.`,
		Example: `  bellwether check
  bellwether check --area cn-cq-lj --class scope_or_revision,unexplained
  bellwether check --kind claim --as-of 2013-12-31 --json`,
		Args: exactly(),
	}
	return s.reads(cmd, reading{checkQuestions(), func([]string) string { return "/v1/checks" }, s.checks})
}

// checked is the part of an answer about one figure that a table shows.
type checked struct {
	Class      string      `json:"class"`
	Guess      bool        `json:"guess"`
	Against    []checkedBy `json:"against"`
	Series     string      `json:"series"`
	Label      string      `json:"label"`
	Reported   json.Number `json:"reported"`
	Computed   json.Number `json:"computed"`
	Low        json.Number `json:"computed_low"`
	High       json.Number `json:"computed_high"`
	Unit       string      `json:"reported_unit"`
	Multiplier int         `json:"reported_multiplier"`
	Gap        json.Number `json:"gap"`
	Prior      json.Number `json:"prior"`
	Implied    json.Number `json:"implied_prior"`
	Reason     string      `json:"reason"`
	Hints      []string    `json:"hints"`
}

type checkedBy struct {
	Series string `json:"series"`
	Period string `json:"period"`
}

// checks writes the report: a line for each thing that was found.
func (s *session) checks(cmd *cobra.Command, r *remote, path string, asked url.Values) error {
	var answer struct {
		Checks []checked `json:"checks"`
	}
	if err := r.read(cmd.Context(), path, asked, &answer); err != nil {
		return err
	}
	if len(answer.Checks) == 0 {
		s.say("nothing was found")
		return nil
	}
	rows := [][]string{{"series", "period", "class", "reported", "computed", "between", "unit", "multiplier", "gap", "prior", "implied_prior", "why"}}
	for _, c := range answer.Checks {
		rows = append(rows, c.cells())
	}
	rows = withoutEmpty(rows)
	if err := term.Table(s.Out, alignments(rows), rows); err != nil {
		return err
	}
	s.say("%s", summary(answer.Checks))
	return nil
}

func (c checked) cells() []string {
	between, gap, multiplier := "", "", ""
	if c.Low != "" {
		between = c.Low.String() + " to " + c.High.String()
	}
	if c.Gap != "" {
		gap = c.Gap.String() + " %"
	}
	if c.Multiplier != 0 {
		multiplier = strconv.Itoa(c.Multiplier)
	}
	return []string{
		c.Series, c.Label, c.Class, c.Reported.String(), c.Computed.String(), between, c.Unit, multiplier, gap,
		c.Prior.String(), c.Implied.String(), c.why(),
	}
}

// why joins the reason, the hints and what stands against the figure.
func (c checked) why() string {
	var list []string
	if c.Reason != "" {
		list = append(list, c.Reason)
	}
	if c.Guess {
		list = append(list, "a guess")
	}
	list = append(list, c.Hints...)
	for _, by := range c.Against {
		list = append(list, by.Series+" "+by.Period)
	}
	return strings.Join(list, ", ")
}

// summary counts what was found by class, in the order of the list.
func summary(list []checked) string {
	counts := map[string]int{}
	var classes []string
	for _, c := range list {
		if counts[c.Class] == 0 {
			classes = append(classes, c.Class)
		}
		counts[c.Class]++
	}
	words := make([]string, len(classes))
	for i, class := range classes {
		words[i] = fmt.Sprintf("%d %s", counts[class], class)
	}
	return fmt.Sprintf("%d found: %s", len(list), strings.Join(words, ", "))
}
