package api

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/gzip"

	"bellwether/internal/query"
)

// answer is an encoded answer, ready to be sent any number of times. Header
// values are kept as the slices that http.Header holds, so that sending one
// allocates nothing; nobody may change them.
type answer struct {
	body    []byte
	length  []string
	etag    []string
	zipETag []string
	header  []field // Content-Type and what else only this answer has

	moment    query.Moment
	timeless  bool // does not depend on what is stored
	immutable bool // was asked for by state

	modified     time.Time // a whole second: nothing that is in the answer changed after it; zero: unknown
	lastModified []string  // the same as a header
	cacheable    []string  // Cache-Control where it is not immutable

	zipOnce   sync.Once
	zipped    []byte
	zipLength []string
}

// field is a header with its value.
type field struct {
	name  string // canonical
	value []string
}

// The values of headers that many answers share; never changed.
var (
	noCache     = []string{"no-cache"}
	forEver     = []string{"public, max-age=31536000, immutable"}
	forEverMine = []string{"private, max-age=31536000, immutable"}
	noStore     = []string{"no-store"}
	varyFormat  = []string{"Accept, Accept-Encoding"}
	varyKey     = []string{"Accept, Accept-Encoding, Authorization"}
	gzipped     = []string{"gzip"}
	anyOrigin   = []string{"*"}
	exposed     = []string{"ETag, Link, Last-Modified"}
)

// zipFrom is the size in bytes from which compressing is worth while.
const zipFrom = 512

// newAnswer makes an answer of a body. Its ETag is a hash of the body, so
// every node gives the same one and it tells of nothing but the body. It tells
// apart what one address answered at two times, which 64 bits do; nothing is
// believed for having it.
func newAnswer(body []byte, f format, fields ...field) *answer {
	tag := hex.EncodeToString(binary.BigEndian.AppendUint64(nil, xxhash.Sum64(body)))
	ans := &answer{
		body:      body,
		length:    []string{strconv.Itoa(len(body))},
		etag:      []string{`"` + tag + `"`},
		zipETag:   []string{`"` + tag + `-gzip"`},
		header:    append([]field{{"Content-Type", []string{f.contentType()}}}, fields...),
		cacheable: noCache,
	}
	if f == inXLSX {
		ans.zipOnce.Do(func() {}) // a workbook is packed already
	}
	return ans
}

// at binds the answer to the moment it was computed from.
func (ans *answer) at(m query.Moment) *answer {
	ans.moment = m
	if !m.Updated.IsZero() {
		ans.modified = m.Updated.UTC().Add(time.Second - time.Nanosecond).Truncate(time.Second)
		ans.lastModified = []string{ans.modified.Format(http.TimeFormat)}
	}
	return ans
}

// datedBy returns the Last-Modified header at an instant. While the second of
// the newest change goes on there is none: another change in it would have the
// same date, and who asks with that date would be told that nothing changed.
func (ans *answer) datedBy(now time.Time) []string {
	if now.Before(ans.modified) {
		return nil
	}
	return ans.lastModified
}

// unmodified reports whether nothing changed after the date that the client
// has. A date in the future is none, and a tag says more than a date.
func (ans *answer) unmodified(r *http.Request, now time.Time) bool {
	since := r.Header["If-Modified-Since"]
	if len(since) != 1 || ans.lastModified == nil || len(r.Header["If-None-Match"]) > 0 {
		return false
	}
	date, err := http.ParseTime(since[0])
	return err == nil && !date.After(now) && !ans.modified.After(date)
}

// good reports whether the answer is still what the question would get now:
// for ever when it was asked for by state, else while no change came and the
// clock has not reached the next one.
func (ans *answer) good(change int64, now time.Time) bool {
	switch {
	case ans.timeless || ans.moment.Pinned:
		return true
	case ans.moment.Change != change:
		return false
	}
	return ans.moment.Until.IsZero() || now.Before(ans.moment.Until)
}

// weight is about how many bytes the answer takes in memory.
func (ans *answer) weight() int { return len(ans.body) + len(ans.body)/4 + 1_000 }

// zip returns the compressed body, nil where it is not smaller.
func (ans *answer) zip() []byte {
	ans.zipOnce.Do(func() {
		if len(ans.body) < zipFrom {
			return
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, writeErr := w.Write(ans.body)
		if closeErr := w.Close(); writeErr != nil || closeErr != nil || b.Len() >= len(ans.body) {
			return
		}
		ans.zipped = bytes.Clone(b.Bytes())
		ans.zipLength = []string{strconv.Itoa(len(ans.zipped))}
	})
	return ans.zipped
}

// keepZip takes a body that is compressed already.
func (ans *answer) keepZip(zipped []byte) {
	ans.zipOnce.Do(func() {
		ans.zipped = zipped
		ans.zipLength = []string{strconv.Itoa(len(zipped))}
	})
}

// send writes the answer at an instant, or a 304 when the client has it.
func (a *API) send(w http.ResponseWriter, r *http.Request, ans *answer, now time.Time) int {
	h := w.Header()
	if a.validate(w, r, ans, now) {
		return http.StatusNotModified
	}
	for _, f := range ans.header {
		h[f.name] = f.value
	}
	body := ans.body
	h["Content-Length"] = ans.length
	if acceptsGzip(r.Header["Accept-Encoding"]) && ans.zip() != nil {
		body = ans.zipped
		h["Etag"] = ans.zipETag
		h["Content-Encoding"] = gzipped
		h["Content-Length"] = ans.zipLength
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may be gone
	}
	return http.StatusOK
}

// validate sends what a cache has to know of the answer, and answers with a 304
// when the client has it already: by tag, else by date.
func (a *API) validate(w http.ResponseWriter, r *http.Request, ans *answer, now time.Time) bool {
	h := w.Header()
	h["Cache-Control"] = a.cacheControl(ans)
	h["Vary"] = a.vary
	h["Etag"] = ans.etag
	if dated := ans.datedBy(now); dated != nil {
		h["Last-Modified"] = dated
	}
	tag := matching(r.Header["If-None-Match"], ans)
	if tag != nil {
		h["Etag"] = tag
	}
	if tag == nil && !ans.unmodified(r, now) {
		return false
	}
	for _, f := range ans.header {
		if f.name == "Link" {
			h[f.name] = f.value
		}
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

// cacheControl lets caches keep what never changes, and only the reader's own
// where reading needs a key.
func (a *API) cacheControl(ans *answer) []string {
	switch {
	case !ans.immutable:
		return ans.cacheable
	case a.config.ReadAccess == WithKey:
		return forEverMine
	}
	return forEver
}

// matching returns the tag of the answer that If-None-Match has, compared
// weakly as RFC 9110 has it for GET; either form of the body will do.
func matching(header []string, ans *answer) []string {
	for _, list := range header {
		for tag := range strings.SplitSeq(list, ",") {
			tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
			switch tag {
			case ans.etag[0], "*":
				return ans.etag
			case ans.zipETag[0]:
				return ans.zipETag
			}
		}
	}
	return nil
}

// acceptsGzip reports whether gzip is taken: named, or any coding, and not
// with a q of zero.
func acceptsGzip(header []string) bool {
	for _, list := range header {
		for piece := range strings.SplitSeq(list, ",") {
			name, params, has := strings.Cut(piece, ";")
			name = strings.TrimSpace(name)
			if !strings.EqualFold(name, "gzip") && name != "*" {
				continue
			}
			if !has || weight(params) > 0 {
				return true
			}
		}
	}
	return false
}
