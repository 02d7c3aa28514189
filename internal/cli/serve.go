package cli

import (
	"context"
	"net"
	"strconv"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/query"
	"bellwether/internal/term"
)

func (s *session) serveCommand() *cobra.Command {
	var next bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API and the front page",
		Long: `Serve the API and the front page. A database that is not there is created
empty; one that an older version made is brought forward; one that a newer
version made is refused. SIGTERM and SIGINT let requests under way end first.`,
		Example: `  bellwether serve
  bellwether serve --listen :8080 --database postgres://bellwether@localhost/figures?sslmode=disable
  BELLWETHER_READ_ACCESS=key bellwether serve`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.serve(cmd, next) },
	}
	keys := []string{}
	for _, setting := range app.Settings() {
		if !isGlobal(setting.Key) {
			keys = append(keys, setting.Key)
		}
	}
	app.AddFlags(cmd.Flags(), keys...)
	cmd.Flags().BoolVar(&next, "next-port", false, "when the port is taken, serve on the next free one and say so")
	return cmd
}

// isGlobal tells the settings that every command takes as flags.
func isGlobal(key string) bool {
	return key == "database" || key == "log.level" || key == "log.format"
}

func (s *session) serve(cmd *cobra.Command, next bool) error {
	a, err := s.openWithin(cmd, app.Create)
	if err != nil {
		return err
	}
	defer a.Close()
	listen := app.Listen
	if next {
		listen = app.ListenNext
	}
	listener, err := listen(a.Config.Listen)
	if err != nil {
		return err
	}
	empty, err := a.Store.Empty(cmd.Context())
	if err != nil {
		return err
	}
	s.greet(cmd.Context(), a, listener.Addr(), empty)
	return a.Serve(cmd.Context(), listener)
}

// greet prints where to look and one line to try.
func (s *session) greet(ctx context.Context, a *app.App, address net.Addr, empty bool) {
	url := a.Config.PublicURL
	if url == "" {
		url = "http://" + reachable(address)
	}
	switch asked := a.Config.Listen; elsewhere(asked, address) {
	case portTaken:
		s.say("%s is taken; serving on %s", asked, address)
	case portUnnamed:
		s.say("%s names no port; serving on %s", asked, address)
	}
	s.say("front page  %s/", url)
	s.say("API         %s/v1/series", url)
	s.say("reference   %s/docs", url)
	if empty {
		s.say("the database is empty; load a file with: bellwether import FILE --publish now --database %s", withoutPassword(a.Config.Database))
		return
	}
	s.say("\ncurl '%s%s'", url, toTry(ctx, a))
}

// toTry is what the line to try asks for: a figure of the sample where that is
// loaded, else what is here.
func toTry(ctx context.Context, a *app.App) string {
	const series = "gdp.cn-cq-lj.cny"
	m, err := a.Query.At(ctx, query.When{})
	if err == nil {
		_, err = a.Query.One(ctx, m, series, "en")
	}
	if err != nil {
		return "/v1/series"
	}
	return "/v1/series/" + series + "/observations?period=2013-01-01/P9M&currency=USD"
}

// whyElsewhere says why the address that is served is not the one asked for.
type whyElsewhere uint8

const (
	asAsked     whyElsewhere = iota
	portTaken                // another port was free
	portUnnamed              // any port was asked for
)

// elsewhere compares the port that was asked for with the one that is served.
func elsewhere(asked string, address net.Addr) whyElsewhere {
	_, port, err := net.SplitHostPort(asked)
	if err != nil || port == "" || port == "0" {
		return portUnnamed
	}
	_, served, err := net.SplitHostPort(address.String())
	number, wrong := net.LookupPort("tcp", port)
	if err != nil || wrong != nil || strconv.Itoa(number) == served {
		return asAsked
	}
	return portTaken
}

// reachable names a host for an address that listens on all of them.
func reachable(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return address.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func (s *session) sampleCommand() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Load the sample into an empty database",
		Long: `Load the sample: bulletins of Liangjiang New Area, Chongqing and China
2011 to 2016 with their revisions, goals for 2020, and rates of exchange, each
figure with its source. The database is created when it is not there, with the
time zone Asia/Shanghai and the currency CNY unless the configuration says
otherwise. A database that holds anything else is refused.`,
		Example: `  bellwether sample
  bellwether sample --database sqlite:try.db`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.sample(cmd, once) },
	}
	cmd.Flags().BoolVar(&once, "once", false, "leave a database that holds anything as it is, and succeed")
	return cmd
}

func (s *session) sample(cmd *cobra.Command, once bool) error {
	a, err := s.open(cmd, app.CreateSample)
	if err != nil {
		return err
	}
	defer a.Close()
	bar := term.NewProgress(s.Err, "sample")
	loaded, err := a.LoadSample(cmd.Context(), bar.Set)
	bar.Done()
	switch {
	case err == nil && loaded > 0:
		s.say("sample loaded: %d files", loaded)
	case err == nil && !once:
		return fault.New(fault.Conflict, fault.SampleRefused, "the sample is already there").
			Expect("name an empty database, or use --once")
	case once && fault.CodeOf(err) == fault.SampleRefused:
		s.say("the database holds other figures; the sample was not loaded")
		return nil
	}
	return err
}
