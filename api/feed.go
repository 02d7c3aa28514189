package api

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// feedPath is where the public record is as an Atom feed.
const feedPath = "/v1/revisions.atom"

// atomFeed is a feed as RFC 4287 has it, with the link to its next page of RFC
// 5005.
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Author    atomAuthor  `xml:"author"`
	Generator string      `xml:"generator"`
	Rights    string      `xml:"rights,omitempty"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Published string       `xml:"published"`
	Updated   string       `xml:"updated"`
	Category  atomCategory `xml:"category"`
	Links     []atomLink   `xml:"link"`
	Summary   string       `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// recordFeed answers the public record as an Atom feed, the newest first.
func recordFeed(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	page, err := a.recordPage(ctx, m, q)
	if err != nil {
		return nil, err
	}
	first, err := a.query.FirstRevision(ctx, m)
	if err != nil {
		return nil, err
	}
	feed := a.newFeed(q, m, page, first)
	body, err := xml.Marshal(feed)
	if err != nil {
		return nil, err
	}
	return a.bind(newAnswer(append([]byte(xml.Header), body...), inAtom), q, m, string(page.Next)), nil
}

func (a *API) newFeed(q *question, m query.Moment, page *query.RevisionList, first query.RevisionInfo) atomFeed {
	words, office := feedText(q.lang), a.config.Office
	name := office.name(q.lang)
	if name == "" {
		name = "Bellwether"
	}
	feed := atomFeed{
		Lang: q.lang, ID: a.permanent("record", first.ID, first.VisibleAt), Title: name + words.record, Updated: m.Updated.UTC().Format(time.RFC3339Nano),
		Author: atomAuthor{Name: name, URI: office.URL}, Generator: "Bellwether", Rights: office.Licence,
		Links: []atomLink{
			{"self", inAtom.mediaType(), a.self(q)},
			{"alternate", inJSON.mediaType(), a.linkOf(q, "/v1/revisions")},
			{"related", inHTML.mediaType(), a.link(q.prefix() + "/")},
		},
	}
	if page.Next != "" {
		feed.Links = append(feed.Links, atomLink{"next", inAtom.mediaType(), a.link(q.following(string(page.Next)))})
	}
	for _, r := range page.Revisions {
		feed.Entries = append(feed.Entries, a.feedEntry(q, words, &r))
	}
	return feed
}

func (a *API) feedEntry(q *question, words feedWords, r *query.RevisionInfo) atomEntry {
	path := a.linkOf(q, "/v1/revisions/"+r.ID)
	return atomEntry{
		ID: a.permanent("revision", r.ID, r.VisibleAt), Title: words.title(r), Published: r.VisibleAt, Updated: r.VisibleAt,
		Category: atomCategory{r.Kind}, Summary: string(r.Message),
		Links: []atomLink{{"alternate", inJSON.mediaType(), path}, {"alternate", inCSV.mediaType(), path + ".csv"}},
	}
}

// permanent is an address that names a thing for ever, whatever it is reached
// by: a tag of the service's own host (RFC 4151) as of the day on which the
// thing was there, and without a public address a UUID made of the name (RFC
// 9562, version 5).
func (a *API) permanent(sort, id, since string) string {
	if host := hostname(a.config.PublicURL); host != "" && len(since) >= len(time.DateOnly) {
		return "tag:" + host + "," + since[:len(time.DateOnly)] + ":" + sort + "/" + id
	}
	return "urn:uuid:" + nameUUID("bellwether/"+sort+"/"+id)
}

func hostname(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// nameUUID is the UUID of a name below the name space for addresses.
func nameUUID(name string) string {
	space := [16]byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}
	sum := sha1.Sum(append(space[:], name...))
	u := sum[:16]
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u)
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// feedWords are the words of the feed in one language. Those of figures, rates
// and withdrawals take their number.
type feedWords struct {
	record, undo, catalogue     string
	figures, rates, withdrawals [2]string // of one, and of several
}

func feedText(lang string) feedWords {
	if lang == "zh" {
		return feedWords{
			record: "：数据更新记录", undo: "撤销修订 %s", catalogue: "目录更新",
			figures:     [2]string{"发布 %d 项数据", "发布 %d 项数据"},
			rates:       [2]string{"发布 %d 项汇率", "发布 %d 项汇率"},
			withdrawals: [2]string{"撤回 %d 项数据", "撤回 %d 项数据"},
		}
	}
	return feedWords{
		record: ": what changed", undo: "Revision %s taken back", catalogue: "The catalogue changed",
		figures:     [2]string{"%d figure published", "%d figures published"},
		rates:       [2]string{"%d rate of exchange published", "%d rates of exchange published"},
		withdrawals: [2]string{"%d figure withdrawn", "%d figures withdrawn"},
	}
}

// title says what a revision did.
func (w feedWords) title(r *query.RevisionInfo) string {
	forms := w.figures
	switch obs.RevisionKind(r.Kind) {
	case obs.ByUndo:
		return fmt.Sprintf(w.undo, string(r.Undoes))
	case obs.ByCatalog:
		return w.catalogue
	case obs.ByRates:
		forms = w.rates
	case obs.ByWithdrawal:
		forms = w.withdrawals
	}
	if r.Rows == 1 {
		return fmt.Sprintf(forms[0], r.Rows)
	}
	return fmt.Sprintf(forms[1], r.Rows)
}
