package api

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"bellwether/internal/obs"
)

// readFeed is a feed as a reader of feeds sees it.
type readFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Author  string   `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID      string `xml:"http://www.w3.org/2005/Atom id"`
		Title   string `xml:"http://www.w3.org/2005/Atom title"`
		Updated string `xml:"http://www.w3.org/2005/Atom updated"`
		Summary string `xml:"http://www.w3.org/2005/Atom summary"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

// link returns the target of a relation, empty where there is none.
func (f *readFeed) link(rel string) string {
	for _, l := range f.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

func (s *service) feed(path string) readFeed {
	s.Helper()
	r := s.get(path).want(200)
	if got := r.Header().Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		s.Errorf("Content-Type = %q", got)
	}
	var f readFeed
	if err := xml.Unmarshal(r.Body.Bytes(), &f); err != nil {
		s.Fatalf("%s: %v in %s", path, err, r.Body)
	}
	s.checkFeed(path, &f)
	return f
}

// checkFeed holds what RFC 4287 asks of every feed.
func (s *service) checkFeed(path string, f *readFeed) {
	s.Helper()
	if f.ID == "" || f.Title == "" || f.Author == "" || f.link("self") == "" {
		s.Errorf("%s lacks id, title, author or a link to itself: %+v", path, f)
	}
	ids := map[string]bool{f.ID: true}
	newest, err := time.Parse(time.RFC3339, f.Updated)
	if err != nil {
		s.Errorf("%s was updated at %q", path, f.Updated)
	}
	for _, e := range f.Entries {
		at, err := time.Parse(time.RFC3339, e.Updated)
		if err != nil || at.After(newest) {
			s.Errorf("%s: an entry of %q in a feed of %q", path, e.Updated, f.Updated)
		}
		if ids[e.ID] || e.Title == "" || len(e.Links) == 0 {
			s.Errorf("%s: an entry without an id of its own, a title or a link: %+v", path, e)
		}
		ids[e.ID] = true
	}
}

func TestTheFeedHasEveryVisibleRevision(t *testing.T) {
	onEmpty(t, Config{PublicURL: "https://Data.example.org", Office: Office{Name: map[string]string{"en": "Office & Co", "zh": "统计局"}}}, func(t *testing.T, s *service) {
		s.imports(firstFile)
		wrong := s.imports(wrongFile)
		s.post("?publish="+s.clock.Now().Add(time.Hour).Format(time.RFC3339), laterFile).want(201)
		s.undo(*wrong.Revision, "?message=%3Cwrong%3E+%26+late").want(201)
		f := s.feed("/v1/revisions.atom")
		if f.Title != "Office & Co: what changed" || f.Lang != "en" || f.link("self") != "https://Data.example.org/v1/revisions.atom" {
			t.Errorf("the feed = %+v", f)
		}
		if len(f.Entries) != 4 || f.Entries[0].Title != "Revision "+*wrong.Revision+" taken back" || f.Entries[0].Summary != "<wrong> & late" ||
			f.Entries[1].Title != "3 figures published" || f.Entries[2].Title != "2 figures published" || f.Entries[3].Title != "The catalogue changed" {
			t.Errorf("entries = %+v", f.Entries)
		}
		if got, want := f.Entries[1].ID, "tag:data.example.org,2016-03-01:revision/"+*wrong.Revision; got != want {
			t.Errorf("id = %s, want %s", got, want)
		}
		if got := f.Entries[1].Links[0].Href; got != "https://Data.example.org/v1/revisions/"+*wrong.Revision {
			t.Errorf("the link of an entry = %s", got)
		}
		zh := s.feed("/v1/revisions.atom?lang=zh")
		if zh.Lang != "zh" || zh.Title != "统计局：数据更新记录" || zh.Entries[1].Title != "发布 3 项数据" || zh.Entries[1].ID != f.Entries[1].ID {
			t.Errorf("in Chinese: %+v", zh)
		}
		r := s.get("/v1/revisions.atom")
		if s.get("/v1/revisions.atom", "If-None-Match", r.Header().Get("ETag")).Code != 304 {
			t.Error("a feed that the reader has is sent again")
		}
		s.get("/v1/revisions.atom?since=x").problem(400, "unknown_parameter")
	})
}

// TestTheFeedInPages follows the pages of a feed without a public address.
func TestTheFeedInPages(t *testing.T) {
	s := sampled(t, Config{})
	whole := s.feed("/v1/revisions.atom?limit=1000")
	if whole.link("next") != "" || len(whole.Entries) < 30 {
		t.Fatalf("the whole feed has %d entries and goes on at %q", len(whole.Entries), whole.link("next"))
	}
	uuid := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	n := 0
	for next := "/v1/revisions.atom?limit=9"; next != ""; {
		page := s.feed(next)
		for _, e := range page.Entries {
			if e.ID != whole.Entries[n].ID || !uuid.MatchString(e.ID) {
				t.Errorf("entry %d is %s, want %s", n, e.ID, whole.Entries[n].ID)
			}
			n++
		}
		if page.ID != whole.ID || !uuid.MatchString(page.ID) {
			t.Errorf("a page of the feed is %s, want %s", page.ID, whole.ID)
		}
		next = page.link("next")
	}
	if n != len(whole.Entries) {
		t.Errorf("the pages have %d entries, want %d", n, len(whole.Entries))
	}
	other := empty(t, Config{})
	if other.feed("/v1/revisions.atom").ID == whole.ID {
		t.Error("two services have feeds of one id")
	}
	asOf := s.feed("/v1/revisions.atom?as_of=2010-01-01")
	if len(asOf.Entries) != 0 {
		t.Errorf("%d entries before anything was visible", len(asOf.Entries))
	}
}

func TestTheFeedIsFound(t *testing.T) {
	s := sampled(t, Config{})
	var index struct{ Links map[string]string }
	s.get("/v1").want(200).json(&index)
	if index.Links["feed"] != "/v1/revisions.atom" {
		t.Errorf("links.feed = %q", index.Links["feed"])
	}
	for path, want := range map[string]string{"/": "/v1/revisions.atom?lang=en", "/?lang=zh": "/v1/revisions.atom?lang=zh"} {
		if body := s.get(path).want(200).Body.String(); !strings.Contains(body, `type="application/atom+xml"`) || !strings.Contains(body, want) {
			t.Errorf("%s does not lead to %s", path, want)
		}
	}
	if r := s.do("POST", "/v1/revisions.atom", nil, "Authorization", "Bearer "+s.key(obs.Editor)); r.Code != 400 && r.Code != 405 {
		t.Errorf("POST to the feed = %d", r.Code)
	}
}
