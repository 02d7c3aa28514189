package cli

import (
	"net/url"

	"github.com/spf13/cobra"
)

// reading is what a command asks of the service and how it shows the answer.
type reading struct {
	questions []question
	path      func(args []string) string // without a suffix
	table     func(cmd *cobra.Command, r *remote, path string, asked url.Values) error
}

// reads makes a command one that asks a path, here or of --server, and shows
// the answer as a table, with --json, --csv or --xlsx as it came.
func (s *session) reads(cmd *cobra.Command, how reading) *cobra.Command {
	var server string
	var asCSV, asBook bool
	values := addQuestions(cmd, how.questions)
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV instead of a table")
	cmd.Flags().BoolVar(&asBook, "xlsx", false, "write a workbook to standard output, which goes to a file")
	addServer(cmd, &server)
	s.addJSON(cmd)
	cmd.MarkFlagsMutuallyExclusive("csv", "json", "xlsx")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := s.reader(cmd, server)
		if err != nil {
			return err
		}
		defer r.Close()
		path := how.path(args)
		switch {
		case s.json:
			return s.pass(cmd, r, path+".json", values())
		case asBook:
			return s.download(cmd, r, path+bookSuffix, values(), "")
		case asCSV:
			return s.pass(cmd, r, path+".csv", values())
		}
		return how.table(cmd, r, path+".json", values())
	}
	return cmd
}
