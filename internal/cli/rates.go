package cli

import (
	"github.com/spf13/cobra"
)

func (s *session) ratesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rates", Short: "Import rates of exchange"}
	cmd.AddCommand(s.ratesImport(), s.ratesFetch())
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
which it was published. A repeat of a standing rate is not stored again.

The files of the European Central Bank (feed ecb), the Federal Reserve (frb-h10:
the Board's CSV and series of FRED; frb-g5: yearly averages by country) and the
World Bank (worldbank: PA.NUS.FCRF) are read as they are published. An area
whose currency is not known is refused until it is named:
  --set areas.Venezuela=VEF or --set areas.Venezuela=ignore

A rate that stands out from its neighbours or from the one that stands, that
fits the other way round or with its point moved, or that goes on after its
currency ended is refused until it is confirmed:
  --confirm rate_outlier:TRL/2001-02-22   that day's
  --confirm rate_outlier:TRL/2001         those of that year
  --confirm rate_outlier:BRL,TRL          all of these currencies
What is confirmed stands in the import's profile and in the public record.`,
		Example: "  bellwether rates import --feed frb-h10 g5.csv --publish now\n" +
			"  bellwether rates import --feed worldbank API_PA.NUS.FCRF_DS2_en_csv_v2_22859.csv",
		Args: exactly("FILE"),
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
