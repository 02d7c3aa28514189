package cli

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/query"
)

func convertQuestions() []question {
	return []question{
		{"period", "the period whose rate counts, in any notation"},
		{"fx", "average, end, spot or fixed:<rate> (default average)"},
		{"fx_source", "the feed whose rates are taken"},
		{"fx_as_of", "the rates that were published by this date or instant, whatever the state"},
		{"decimals", "decimals of the result"},
		{"area", "whose amount it is, to be warned where that is not the area's currency of the period"},
		{"as_of", "the rates that were published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
		{"lang", "en or zh, for warnings and refusals"},
	}
}

func (s *session) convertCommand() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "convert AMOUNT FROM TO --period PERIOD",
		Short: "Convert one amount and say how",
		Long: `Convert one amount at the rate of a period and say how: method, source, window,
quotation, rate and direction. The amount is taken as exact and may carry a
scale word (118.7bn) and its currency (118.7亿元). What cannot be converted
honestly is refused. --json gives what the API answers, of the amount in ones.`,
		Example: `  bellwether convert 118.7bn CNY USD --period 'Jan-Sep 2013'
  bellwether convert -3.2 USD CNY --period 2013
  bellwether convert 100 USD CNY --period 2013-09 --json`,
		Args: exactly("AMOUNT", "FROM", "TO"),
	}
	values := addQuestions(cmd, convertQuestions())
	addServer(cmd, &server)
	s.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		amount, err := readAmount(args[0], args[1])
		if err != nil {
			return err
		}
		asked := values()
		asked.Set("amount", amount.number)
		asked.Set("from", args[1])
		asked.Set("to", args[2])
		r, err := s.reader(cmd, server)
		if err != nil {
			return err
		}
		defer r.Close()
		if s.json {
			asked.Set("amount", amount.whole())
			return s.pass(cmd, r, "/v1/convert", asked)
		}
		return s.convert(cmd, r, asked, amount.scale)
	}
	return cmd
}

// converted is the part of an answer that is printed for a person.
type converted struct {
	Amount     json.Number     `json:"amount"`
	From       string          `json:"from"`
	Value      json.Number     `json:"value"`
	To         string          `json:"to"`
	Disclosure disclosure      `json:"disclosure"`
	Warnings   []query.Warning `json:"warnings"`
}

// disclosure is how a figure was converted.
type disclosure struct {
	Period string `json:"period"`
	From   string `json:"from"`
	To     string `json:"to"`
	Source string `json:"source"`
	disclosedLeg
	Legs           []disclosedLeg `json:"legs"`
	DecimalsCapped bool           `json:"decimals_capped"`
	Flags          []string       `json:"flags"`
}

// steps are the legs of a conversion; one of a single step is its own leg.
func (d disclosure) steps() []disclosedLeg {
	if len(d.Legs) > 0 {
		return d.Legs
	}
	return []disclosedLeg{d.disclosedLeg}
}

// disclosedLeg is one step of a conversion.
type disclosedLeg struct {
	Method       string      `json:"method"`
	Averaging    string      `json:"averaging"`
	Observations int         `json:"observations"`
	First        string      `json:"first"`
	Last         string      `json:"last"`
	RateDate     string      `json:"rate_date"`
	Quotation    string      `json:"quotation"`
	Rate         json.Number `json:"rate"`
	RateExact    string      `json:"rate_exact"`
	Inverted     bool        `json:"inverted"`
	Via          string      `json:"via"`
	DeclaredBy   string      `json:"declared_by"`
}

func (s *session) convert(cmd *cobra.Command, r *remote, asked url.Values, scale string) error {
	var answer struct {
		Conversion converted `json:"conversion"`
		FXAsOf     string    `json:"fx_as_of"`
	}
	if err := r.read(cmd.Context(), "/v1/convert", asked, &answer); err != nil {
		return err
	}
	s.printConverted(answer.Conversion, scale, answer.FXAsOf)
	return nil
}

// printConverted says what an amount is and how it was converted, enough to
// repeat it by hand.
func (s *session) printConverted(c converted, scale, ratesAsOf string) {
	if scale != "" {
		scale = " " + scale
	}
	fmt.Fprintf(s.Out, "%s%s %s = %s%s %s\n", c.Amount, scale, c.From, c.Value, scale, c.To)
	for _, leg := range c.Disclosure.steps() {
		fmt.Fprintf(s.Out, "  %s\n", leg.sentence())
		if exact := leg.exactly(); exact != "" {
			fmt.Fprintf(s.Out, "  the rate exactly: %s\n", exact)
		}
	}
	if c.Disclosure.Source != "" {
		fmt.Fprintf(s.Out, "  source: %s\n", c.Disclosure.Source)
	}
	if ratesAsOf != "" {
		fmt.Fprintf(s.Out, "  rates as of %s\n", ratesAsOf)
	}
	for _, flag := range c.Disclosure.Flags {
		if !slices.ContainsFunc(c.Warnings, func(w query.Warning) bool { return w.Code == flag }) {
			fmt.Fprintf(s.Out, "  note: %s\n", orWords(flagNotes[flag], flag))
		}
	}
	for _, w := range c.Warnings {
		fmt.Fprintf(s.Out, "  note: %s (%s)\n", w.Message, w.Code)
	}
	if c.Disclosure.DecimalsCapped {
		fmt.Fprintln(s.Out, "  note: fewer decimals than asked for, which is all that the amount carries")
	}
}

// flagNotes says what the flags of a conversion mean; never changed.
var flagNotes = map[string]string{
	"cross_of_averages": "the ratio of two published averages, which is not the average of ratios",
}

// orWords returns the text, or where there is none the term in words.
func orWords(text, term string) string {
	if text == "" {
		return words(term)
	}
	return text
}

// mostExact is how long an exact rate may be to be printed; that of the mean of
// a year of crosses fills pages.
const mostExact = 200

// exactly returns the exact rate where the one that is shown is not all of it.
func (l disclosedLeg) exactly() string {
	shown, ok := new(big.Rat).SetString(l.Rate.String())
	exact, known := new(big.Rat).SetString(l.RateExact)
	switch {
	case !ok || !known || shown.Cmp(exact) == 0:
		return ""
	case len(l.RateExact) > mostExact:
		return fmt.Sprintf("a fraction of %d characters, which --json has", len(l.RateExact))
	}
	return l.RateExact
}

// sentence says in words how a step was made.
func (l disclosedLeg) sentence() string {
	how := words(l.Method)
	switch {
	case l.Quotation == "":
		return "one currency, so nothing is converted"
	case l.Observations > 1:
		how += fmt.Sprintf(" of %d %s (%s to %s)", l.Observations, words(l.Averaging), l.First, l.Last)
	case l.Averaging != "":
		how += ", " + words(l.Averaging) + " for " + l.First
	case l.RateDate != "":
		how += " of " + l.RateDate
	}
	if l.Via != "" {
		how += " through " + l.Via
	}
	if l.DeclaredBy != "" {
		how += " by the " + l.DeclaredBy
	}
	direction := "multiplied"
	if l.Inverted {
		direction = "divided"
	}
	return fmt.Sprintf("%s %s, %s; %s once", l.Rate, l.Quotation, how, direction)
}

// words writes a word of the vocabulary as people do.
func words(term string) string { return strings.ReplaceAll(term, "_", " ") }
