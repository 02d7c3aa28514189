package cli

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/figure"
)

func convertQuestions() []question {
	return []question{
		{"period", "the period whose rate counts, in any notation"},
		{"fx", "average, end, spot or fixed:<rate> (default average)"},
		{"fx_source", "the feed whose rates are taken"},
		{"fx_as_of", "the rates that were published by this date or instant, whatever the state"},
		{"decimals", "decimals of the result"},
		{"as_of", "the rates that were published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
	}
}

func (s *session) convertCommand() *cobra.Command {
	var server string
	cmd := &cobra.Command{
		Use:   "convert AMOUNT FROM TO --period PERIOD",
		Short: "Convert one amount and say how",
		Long: `Convert one amount at the rate of a period and say how: method, source, window,
quotation, rate and direction. The amount is taken as exact and may carry a
scale word (118.7bn). What cannot be converted honestly is refused.`,
		Example: `  bellwether convert 118.7bn CNY USD --period 'Jan-Sep 2013'
  bellwether convert -3.2 USD CNY --period 2013
  bellwether convert 100 USD CNY --period 2013-09 --json`,
		Args: exactly("AMOUNT", "FROM", "TO"),
	}
	values := addQuestions(cmd, convertQuestions())
	addServer(cmd, &server)
	s.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		amount, scale, err := splitScale(args[0], args[1])
		if err != nil {
			return err
		}
		query := values()
		query.Set("amount", amount)
		query.Set("from", args[1])
		query.Set("to", args[2])
		r, err := s.reader(cmd, server)
		if err != nil {
			return err
		}
		defer r.Close()
		if s.json {
			return s.pass(cmd, r, "/v1/convert", query)
		}
		return s.convert(cmd, r, query, scale)
	}
	return cmd
}

// withAmounts lets an amount below zero stand where a flag could: its minus is
// written as the sign that no flag begins with. splitScale takes it back.
func withAmounts(args []string) []string {
	if !slices.Contains(args, "convert") {
		return args
	}
	taken := slices.Clone(args)
	for i, arg := range taken {
		if arg == "--" {
			break
		}
		if len(arg) > 1 && arg[0] == '-' && strings.ContainsRune(".0123456789", rune(arg[1])) {
			taken[i] = minus + arg[1:]
		}
	}
	return taken
}

// minus is the minus sign, which is no hyphen.
const minus = "−"

// splitScale parts a number from the scale word behind it. The word is checked
// and repeated behind the result: conversion is the same at every scale.
func splitScale(text, currency string) (amount, scale string, err error) {
	if rest, ok := strings.CutPrefix(text, minus); ok {
		text = "-" + rest
	}
	end := strings.LastIndexAny(text, "0123456789.") + 1
	amount, scale = text[:end], strings.TrimSpace(text[end:])
	if scale == "" {
		return amount, "", nil
	}
	rules := figure.UnitRules{Lookup: func(word string) (string, string, bool) {
		return currency, figure.Money, strings.EqualFold(word, currency)
	}}
	_, err = rules.Parse(scale + " " + currency)
	return amount, scale, err
}

// converted is the part of an answer that is printed for a person.
type converted struct {
	Amount     json.Number `json:"amount"`
	From       string      `json:"from"`
	Value      json.Number `json:"value"`
	To         string      `json:"to"`
	Disclosure disclosure  `json:"disclosure"`
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

func (s *session) convert(cmd *cobra.Command, r *remote, query url.Values, scale string) error {
	var answer struct {
		Conversion converted `json:"conversion"`
		FXAsOf     string    `json:"fx_as_of"`
	}
	if err := r.read(cmd.Context(), "/v1/convert", query, &answer); err != nil {
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
		if len(leg.RateExact) <= mostExact && strings.Contains(leg.RateExact, "/") {
			fmt.Fprintf(s.Out, "  the rate exactly: %s\n", leg.RateExact)
		}
	}
	if c.Disclosure.Source != "" {
		fmt.Fprintf(s.Out, "  source: %s\n", c.Disclosure.Source)
	}
	if ratesAsOf != "" {
		fmt.Fprintf(s.Out, "  rates as of %s\n", ratesAsOf)
	}
	for _, flag := range c.Disclosure.Flags {
		fmt.Fprintf(s.Out, "  note: %s\n", orWords(flagNotes[flag], flag))
	}
	if c.Disclosure.DecimalsCapped {
		fmt.Fprintln(s.Out, "  note: fewer decimals than asked for, which is all that the amount carries")
	}
}

// flagNotes says what the flags of a conversion mean; never changed.
var flagNotes = map[string]string{
	"cross_of_averages":   "the ratio of two published averages, which is not the average of ratios",
	"pre_euro_fixed_rate": "a period before the euro, restated at the rate that was fixed later",
}

// orWords returns the text, or where there is none the term in words.
func orWords(text, term string) string {
	if text == "" {
		return words(term)
	}
	return text
}

// mostExact is how long an exact fraction may be to be printed.
const mostExact = 40

// sentence says in words how a step was made.
func (l disclosedLeg) sentence() string {
	how := words(l.Method)
	switch {
	case l.Quotation == "":
		return "one currency, so nothing is converted"
	case l.Observations > 1:
		how += fmt.Sprintf(" of %d %s (%s to %s)", l.Observations, words(l.Averaging), l.First, l.Last)
	case l.Averaging != "":
		how += ", " + words(l.Averaging)
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
