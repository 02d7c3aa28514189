package cli

import (
	"github.com/spf13/cobra"
)

func (s *session) ratesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rates", Short: "Import rates of exchange"}
	cmd.AddCommand(s.ratesImport())
	return cmd
}

func (s *session) ratesImport() *cobra.Command {
	var o importOptions
	var feed string
	cmd := &cobra.Command{
		Use:   "import --feed FEED FILE",
		Short: "Import a file of rates",
		Long: `Import a file of rates: columns base, quote, rate, and period or date, with
kind (fixing, average, end_of_period, irrevocable), published, source and note
where it has them. 1 base = rate quote, in the direction and the digits in
which it was published. A repeat of a standing rate is not stored again.`,
		Example: "  bellwether rates import --feed frb-h10 g5.csv --publish now",
		Args:    exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if feed != "" {
				o.set = append(o.set, "constants.feed="+feed)
			}
			return s.importFiles(cmd, args, o)
		},
	}
	cmd.Flags().StringVar(&feed, "feed", "", "who publishes these rates, where the file does not say so")
	o.addFlags(cmd)
	s.addJSON(cmd)
	return cmd
}
