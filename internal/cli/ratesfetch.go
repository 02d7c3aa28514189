package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/feed"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/term"
)

// fetchOptions are the words of rates fetch.
type fetchOptions struct {
	publish, url, message, server string
	confirmed                     []string
}

func (s *session) ratesFetch() *cobra.Command {
	var o fetchOptions
	cmd := &cobra.Command{
		Use:   "fetch FEED",
		Short: "Take a feed's file from its publisher and import it",
		Long: `Take the file of a feed from the address at which its publisher has it, when it
changed since it was taken last, and import it as rates import does. At most
32 MiB and two minutes are spent on it. Rates that stand are not stored again.

The address is that of the feed (ecb has one), of the setting rates.address, or
of --url. It begins with https://; http:// is enough on this machine, and
elsewhere with rates.plain_http. What was published is remembered by the mark
that the publisher gave it, until rates are undone. Without --publish the file
is read and reported, and nothing is stored.

With --server the service there takes the file, from the address that it knows.

"bellwether serve" does this by itself where the setting rates.fetch says so:
  bellwether serve --rates-fetch ecb=24h

Exit codes: 0 published or nothing new, 1 the publisher did not answer with a
file, 3 refused, 4 read but not published.`,
		Example: `  bellwether rates fetch ecb
  bellwether rates fetch ecb --publish now
  bellwether rates fetch ecb --url https://mirror.example.org/hist.zip --publish now
  BELLWETHER_KEY=bw_… bellwether rates fetch ecb --publish now --server https://data.example.org`,
		Args: exactly("FEED"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.fetchRates(cmd, args[0], o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.publish, "publish", "", "now, or the instant (RFC 3339) until which it stays hidden")
	flags.StringVar(&o.url, "url", "", "the address of the file, in place of the one that is known")
	flags.StringVar(&o.message, "message", "", "a line for the public record")
	flags.StringArrayVar(&o.confirmed, "confirm", nil, "rates that are right although they were refused, as CODE:CURRENCY or CODE:CURRENCY/PERIOD; may be repeated")
	addServer(cmd, &o.server)
	s.addJSON(cmd)
	return cmd
}

func (s *session) fetchRates(cmd *cobra.Command, code string, o fetchOptions) error {
	publish, err := parsePublish(o.publish)
	if err != nil {
		return err
	}
	var settings ingest.Settings
	for _, name := range o.confirmed {
		if settings, err = settings.With("confirm", name); err != nil {
			return err
		}
	}
	if o.server != "" {
		return s.fetchElsewhere(cmd, code, o, publish)
	}
	how := app.Create
	if publish.IsZero() {
		how = app.Open
	}
	a, err := s.open(cmd, how)
	if err != nil {
		return err
	}
	defer a.Close()
	bar := term.NewProgress(s.Err, "read").InBytes(ingest.InspectStage, ingest.CheckStage)
	fetched, err := a.Feed.Fetch(cmd.Context(), feed.Request{Feed: code, Address: o.url, Import: ingest.Request{
		Settings: settings, By: obs.CommandLine, Message: o.message, Publish: publish, Progress: bar.Stage,
	}})
	bar.Done()
	if err = s.showFetched(fetched, err, publish); err != nil || fetched.Import == nil {
		return err
	}
	if !fetched.Import.NoOp {
		if err := s.audit(cmd.Context(), a, "import.publish", fetched.Import.Import.ID); err != nil {
			return err
		}
	}
	return s.conclude(fetched.Import)
}

// showFetched tells what a taking brought, as far as it goes before what was
// published.
func (s *session) showFetched(fetched *feed.Result, err error, publish ingest.Publish) error {
	if err == nil && fetched.Import == nil {
		s.say("the publisher has nothing new; nothing to do")
		return nil
	}
	var result *ingest.Result
	if fetched != nil {
		result = fetched.Import
	}
	if err = s.showReport(result, err); err != nil {
		return err
	}
	if !publish.IsZero() {
		return nil
	}
	if refused := result.Report.Fault(); refused != nil {
		return errors.Join(errShown, refused)
	}
	s.say("nothing was published; add --publish now to publish")
	return errNotPublished
}
