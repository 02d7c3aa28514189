package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// API is the HTTP door. It serves any number of requests at once.
type API struct {
	config Config
	query  Query
	ingest Ingest
	store  Store
	feed   Feed
	log    *slog.Logger
	clock  func() time.Time

	echo     *echo.Echo
	routes   []*route
	allowed  map[string][]string // the methods of each path of the router
	cache    *cache
	limits   *limiter
	metrics  *metrics
	uses     uses
	pages    *pages
	rooms    rooms
	vary     []string
	idPrefix string
	requests atomic.Uint64
	none     *route // what no route matches
}

// New joins the API over its parts. It fails when the registry has the API's
// metrics already.
func New(config Config, deps Deps) (*API, error) {
	config, deps = config.filled(), deps.filled()
	prefix := make([]byte, 4)
	if _, err := rand.Read(prefix); err != nil {
		return nil, fmt.Errorf("draw a prefix for request ids: %w", err)
	}
	a := &API{
		config: config, query: deps.Query, ingest: deps.Ingest, store: deps.Store, feed: deps.Feed, log: deps.Log, clock: deps.Clock,
		cache: newCache(config.CacheBytes), limits: newLimiter(config.RatePerSecond, config.RateBurst),
		vary: varyFormat, idPrefix: hex.EncodeToString(prefix) + "-",
	}
	if config.ReadAccess == WithKey {
		a.vary = varyKey
	}
	var err error
	if a.metrics, err = newMetrics(deps.Registry); err != nil {
		return nil, err
	}
	if a.pages, err = newPages(); err != nil {
		return nil, err
	}
	a.build()
	return a, nil
}

// build makes the router.
func (a *API) build() {
	a.echo = echo.New()
	a.echo.IPExtractor = extractor(a.config.TrustedProxies)
	a.none = &route{operation: "none", counters: a.metrics.of("none")}
	a.echo.HTTPErrorHandler = func(err error, c echo.Context) {
		_ = a.around(a.none, func(v *visit) error { return a.unrouted(v, err) })(c)
	}
	a.routes = table()
	for _, rt := range a.routes {
		rt.counters = a.metrics.of(rt.operation)
	}
	for _, rt := range a.routes {
		a.register(rt)
	}
	a.echo.GET(pastPrefix+":"+pastParam, a.around(a.none, toPastFront))
	a.allowed = methodsByPath(a.routes)
	for path, methods := range a.allowed {
		a.echo.Add(http.MethodOptions, path, a.around(a.none, options(methods)))
	}
}

// register serves a route: GET also as HEAD, and a path that does not end in a
// parameter also with the suffix of its first format. A route whose path ends
// in a parameter with a suffix is served by the one without it. What takes
// as_of is served in the past too.
func (a *API) register(rt *route) {
	if rt.behind() {
		return
	}
	serve := a.around(rt, rt.serve(a))
	for _, other := range a.routes {
		if other.behind() && strings.TrimSuffix(other.path, "."+string(other.fixed)) == rt.path {
			serve = bySuffix(other.fixed, a.around(other, other.serve(a)), serve)
		}
	}
	methods := []string{rt.method}
	if rt.method == http.MethodGet {
		methods = append(methods, http.MethodHead)
	}
	for _, path := range rt.routerPaths() {
		a.echo.Match(methods, path, serve)
	}
}

// bySuffix serves paths that end in the suffix of a format, and others.
func bySuffix(f format, with, without echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, suffix := cutSuffix(c.Request().URL.Path); suffix == f {
			return with(c)
		}
		return without(c)
	}
}

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path := r.URL.Path; len(path) > 1 && path[len(path)-1] == '/' && !isPastFront(path) {
		_ = a.around(a.none, a.slashed)(a.echo.NewContext(r, w))
		return
	}
	a.echo.ServeHTTP(w, r)
}

// Run writes down when keys were used, once a minute, until the context ends,
// and once more then.
func (a *API) Run(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			a.writeUses(context.WithoutCancel(ctx))
			return
		case <-tick.C:
			a.writeUses(ctx)
		}
	}
}

func (a *API) writeUses(ctx context.Context) {
	used := a.uses.take()
	if len(used) == 0 {
		return
	}
	if err := a.store.NoteKeyUse(ctx, used); err != nil {
		a.log.LogAttrs(ctx, slog.LevelWarn, "the use of keys was not written down", slog.Any("error", err))
	}
}

// admit lets a request in, or says why not.
func (a *API) admit(v *visit) error {
	caller, err := a.authorize(v.Request(), v.route.access)
	v.caller = caller
	if v.route.access == forAll || a.limits == nil {
		return err
	}
	reader := "key " + callerID(caller)
	if caller == nil {
		reader = v.RealIP()
	}
	if limited := a.limits.allow(reader, a.clock()); limited != nil {
		return limited
	}
	return err
}

func callerID(caller *obs.Key) string {
	if caller == nil {
		return ""
	}
	return caller.ID
}

// unrouted answers what no route takes: an unknown path, or a known one with
// another method.
func (a *API) unrouted(v *visit, err error) error {
	if err == echo.ErrMethodNotAllowed {
		allow := strings.Join(a.allowed[v.Path()], ", ")
		v.Response().Header().Set("Allow", allow)
		return fault.New(fault.Invalid, fault.MethodNotAllowed, "%s is not taken here", v.Request().Method).Expect("%s", allow)
	}
	if err != echo.ErrNotFound {
		return err
	}
	return a.unknownPath(v.Request().URL.Path)
}

func (a *API) unknownPath(path string) error {
	return fault.New(fault.NotFound, fault.UnknownPath, "nothing is served at %q", fault.Clip(path)).
		Expect("%s", a.nearestPath(path))
}

// slashed leads from a path with a slash at its end to the one without, where
// that is served.
func (a *API) slashed(v *visit) error {
	u := *v.Request().URL
	u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.RawPath, "/")
	if !slices.ContainsFunc(a.routes, func(rt *route) bool { return rt.takes(u.EscapedPath()) }) {
		return a.unknownPath(v.Request().URL.Path)
	}
	u.Scheme, u.Host = "", ""
	v.Response().Header().Set("Location", u.RequestURI())
	v.Response().WriteHeader(http.StatusPermanentRedirect)
	return nil
}

// nearestPath returns the served path that comes nearest, segment by segment:
// one that only has a suffix more, or is near in its letters.
func (a *API) nearestPath(path string) string {
	var known []string
	past, path := cutPast(path)
	given := strings.Split(path, "/")
	for _, rt := range a.routes {
		if past != "" && !rt.travels() {
			continue
		}
		pattern := strings.Split(rt.path, "/")
		for i, segment := range pattern {
			if strings.HasPrefix(segment, "{") && i < len(given) && given[i] != "" {
				pattern[i] = given[i]
			}
		}
		known = append(known, strings.Join(pattern, "/"))
	}
	if i := slices.IndexFunc(known, func(k string) bool { return strings.HasPrefix(k, path+".") }); i >= 0 {
		return past + known[i]
	}
	if found, ok := near(path, known); ok {
		return past + found
	}
	return past + startHere
}

// startHere is where one is led who is near nothing.
const startHere = "/v1, where everything begins"

// extractor finds a client's address: the connection's own, unless it comes
// through a proxy that is trusted to tell.
func extractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		p = p.Masked()
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// options answers OPTIONS: what the path takes, for people and for browsers
// that ask before a script of another site may.
func options(methods []string) func(*visit) error {
	allow := []string{strings.Join(methods, ", ")}
	return func(v *visit) error {
		h := v.Response().Header()
		h["Allow"] = allow
		h["Access-Control-Allow-Methods"] = allow
		h["Access-Control-Allow-Headers"] = preflightHeaders
		h["Access-Control-Max-Age"] = preflightAge
		v.Response().WriteHeader(http.StatusNoContent)
		return nil
	}
}

// What a browser is told before a script of another site asks; never changed.
var (
	preflightHeaders = []string{"Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id"}
	preflightAge     = []string{"86400"}
)
