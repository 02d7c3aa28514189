package cli

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/term"
)

// bookSuffix ends the paths that answer with a workbook.
const bookSuffix = ".xlsx"

func exportQuestions() []question {
	return []question{
		{"series", "only these series, by comma"},
		{"indicator", "only these indicators"},
		{"area", "only these areas"},
		{"unit", "only these units"},
		{"measure", "level, yoy, pop, saar or all"},
		{"scenario", "actual, target, forecast or all"},
		{"dataset", "only these datasets, or all"},
		{"as_of", "what was published by this date or instant"},
		{"recorded_as_of", "what this service answered at this date or instant"},
		{"state", "the state that an earlier answer named"},
	}
}

func (s *session) exportCommand() *cobra.Command {
	var server, output, format string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write every figure with all its vintages as CSV or as a workbook",
		Long: `Write every figure with all its vintages as CSV or as a workbook, one row for each
version that stands, levels and reported growths as rows of their own. Imported
elsewhere and exported again it gives the same bytes. What is derived is left out.`,
		Example: `  bellwether export -o figures.csv
  bellwether export --area cn-cq-lj | head
  bellwether export -o figures.xlsx
  bellwether export --server https://data.example.org > figures.csv`,
		Args: cobra.NoArgs,
	}
	values := addQuestions(cmd, exportQuestions())
	cmd.Flags().StringVar(&format, "format", "", formatUsage)
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file, whole or not at all (default standard output)")
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
		return s.download(cmd, r, "/v1/export"+suffix, values(), output)
	}
	return cmd
}

// download writes the answer of a path to a file, whole or not at all, or to
// standard output where none is named.
func (s *session) download(cmd *cobra.Command, r *remote, path string, query url.Values, output string) error {
	if output == "" && strings.HasSuffix(path, bookSuffix) && term.IsTerminal(s.Out) {
		return usage(errors.New("a workbook is no text: name a file, or send it to one with > FILE.xlsx"))
	}
	target, err := openOutput(output, s.Out)
	if err != nil {
		return err
	}
	defer target.discard()
	response, err := r.do(cmd.Context(), http.MethodGet, path, query, nil, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if err := copyAnswer(target, response.Body); err != nil {
		return err
	}
	return target.keep()
}
