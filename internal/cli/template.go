package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/fault"
)

const formatUsage = "csv or xlsx (default by the name in --output, else csv)"

func templateQuestions() []question {
	return []question{
		{"area", "whose figures, by code or name"},
		{"period", "the period to fill in, in any notation"},
		{"indicator", "only these indicators, by comma"},
		{"dataset", "another dataset than main"},
		{"lang", "en or zh, for the names beside the codes"},
	}
}

func (s *session) templateCommand() *cobra.Command {
	var server, output, format string
	cmd := &cobra.Command{
		Use:   "template",
		Short: "Write the file to fill in for a period of an area",
		Long: `Write the file to fill in for a period of an area: a row for each series that was
reported for the same months of an earlier year, with that figure and its growth
beside the empty cells. Filled in, it is imported without a question; a row that
is not filled in states nothing.`,
		Example: `  bellwether template --area cn-cq-lj --period 2014-Q1 -o q1.xlsx
  bellwether template --area cn-cq-lj --period 9M2014 --indicator gdp,trade > q3.csv`,
		Args: cobra.NoArgs,
	}
	values := addQuestions(cmd, templateQuestions())
	cmd.Flags().StringVar(&format, "format", "", formatUsage)
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all (default standard output)")
	_ = cmd.MarkFlagRequired("area")
	_ = cmd.MarkFlagRequired("period")
	addServer(cmd, &server)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		suffix, err := suffixOf(format, output)
		if err != nil {
			return err
		}
		r, err := s.reader(cmd, server)
		if err != nil {
			return err
		}
		defer r.Close()
		return s.download(cmd, r, "/v1/template"+suffix, values(), output)
	}
	return cmd
}

// suffixOf returns the suffix of a format that is named, else that of a file.
func suffixOf(format, file string) (string, error) {
	if format == "" && strings.EqualFold(filepath.Ext(file), bookSuffix) {
		format = "xlsx"
	}
	switch strings.ToLower(format) {
	case "", "csv":
		return ".csv", nil
	case "xlsx":
		return bookSuffix, nil
	}
	return "", fault.New(fault.Invalid, fault.InvalidParameter, "--format %q is none", format).Expect("csv or xlsx")
}
