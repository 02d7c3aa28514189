package api

import (
	"html"
	"image/png"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"bellwether/internal/encode"
)

// elsewhere finds what makes a browser ask another host.
var elsewhere = regexp.MustCompile(`(?i)(src|href|action|poster|srcset)\s*=\s*["']?(https?:)?//|url\(\s*["']?(https?:)?//|@import`)

func TestPagesAskNoOtherHost(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{"/", "/docs", "/docs/problems", "/docs/swagger-ui.css", "/docs/start.js"} {
		r := s.get(path).want(200)
		if found := elsewhere.FindString(r.Body.String()); found != "" {
			t.Errorf("%s asks another host: %s", path, found)
		}
	}
	for _, path := range []string{"/", "/docs", "/docs/problems"} {
		policy := s.get(path).Header().Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "http") {
			t.Errorf("%s: policy %q lets other hosts in", path, policy)
		}
		if s.get(path).Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options is missing", path)
		}
	}
	if script := s.get("/docs/start.js").Body.String(); !strings.Contains(script, "validatorUrl: null") {
		t.Error("the reader of the contract would ask a validator elsewhere")
	}
}

func TestPagesRunNoScriptInside(t *testing.T) {
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	inline := regexp.MustCompile(`<script>|<script [^>]*>[^<]|\son[a-z]+=|javascript:|\sstyle=`)
	for _, name := range names {
		body, err := pageFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := inline.Find(body); found != nil {
			t.Errorf("%s: %q would be refused by its own policy", name, found)
		}
	}
}

func TestFrontPage(t *testing.T) {
	s := sampled(t, Config{Office: Office{Name: map[string]string{"en": "Liangjiang <Statistics>", "zh": "两江统计"}}})
	page := s.get("/").want(200).Body.String()
	if strings.Contains(page, "<Statistics>") {
		t.Error("the office's name is not escaped")
	}
	page = html.UnescapeString(page)
	for _, want := range []string{
		"Liangjiang <Statistics>", "Liangjiang New Area", "118.7", "+16.2 %", "billion CNY", "2014-02-22",
		`href="/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M"`, "curl ", `href="/docs"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the front page lacks %s", want)
		}
	}
	for _, want := range []string{
		"Computed growth", "+4.03 %", "Reported growth of +16.2 % and computed growth of +4.03 % cannot both be true",
		"a guess from the size of the gap", `href="/favicon.ico"`,
		"curl 'http://example.com/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M?currency=USD'",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the front page lacks %s", want)
		}
	}
	if strings.Count(page, "curl '") != 3 {
		t.Errorf("%d commands, want three", strings.Count(page, "curl '"))
	}
	if !strings.Contains(page, "curl 'http://example.com/v1/series/") {
		t.Error("the commands do not name the address by which the page was reached")
	}
	chinese := html.UnescapeString(s.get("/?lang=zh&nonsense=1").want(200).Body.String())
	for _, want := range []string{"两江统计", "两江新区", `lang="zh"`, "十亿 CNY", "计算增速",
		"公布增速 +16.2 % 与计算增速 +4.03 % 不可能同时成立；可能是口径不同或数据修订（仅凭差距大小推测）。"} {
		if !strings.Contains(chinese, want) {
			t.Errorf("the front page in Chinese lacks %s", want)
		}
	}
}

func TestFrontPageOfAnEmptyDatabaseSaysSo(t *testing.T) {
	s := empty(t, Config{})
	page := html.UnescapeString(s.get("/").want(200).Body.String())
	for _, want := range []string{"Nothing is published yet", "bellwether import FILE.csv --publish now", "bellwether sample"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q: %s", want, page)
		}
	}
	if strings.Contains(page, "curl") || strings.Contains(page, "Try it") {
		t.Errorf("the page shows commands that nothing answers: %s", page)
	}
	s.publish("indicator,area,period,value,unit,scenario,published\ngdp,cn,2020,100,bn CNY,target,2014-01-20\n")
	page = html.UnescapeString(s.get("/").want(200).Body.String())
	if strings.Contains(page, "Nothing is published yet") || strings.Contains(page, "curl") ||
		!strings.Contains(page, `<a href="/v1/series?measure=all&scenario=all&dataset=all">1 more in the list of series</a>`) {
		t.Errorf("with nothing but a goal: %s", page)
	}
}

func TestEveryProblemHasItsPlaceOnThePage(t *testing.T) {
	page := empty(t, Config{}).get("/docs/problems").want(200).Body.String()
	for _, c := range codes(t) {
		if !strings.Contains(page, `id="`+c.text+`"`) {
			t.Errorf("the page lacks %s", c.text)
		}
	}
}

func TestExportHasItsOwnColumns(t *testing.T) {
	s := sampled(t, Config{})
	r := s.get("/v1/export.csv?series=gdp.cn-cq-lj.cny").want(200)
	header, rest, _ := strings.Cut(r.Body.String(), "\r\n")
	if want := strings.Join(encode.ExportColumns(), ","); header != want || !strings.Contains(rest, "gdp.cn-cq-lj.cny,2013-01-01/P9M,118.7,1,9,A") {
		t.Errorf("export = %s", r.Body)
	}
}

// TestTheIconIsServed asks for what every browser asks for by itself.
func TestTheIconIsServed(t *testing.T) {
	s := empty(t, Config{ReadAccess: WithKey})
	r := s.get("/favicon.ico").want(200)
	if _, err := png.Decode(r.Body); err != nil || r.Header().Get("Content-Type") != "image/png" {
		t.Errorf("the icon is %s: %v", r.Header().Get("Content-Type"), err)
	}
	for _, path := range []string{"/docs", "/docs/problems"} {
		if page := s.get(path).want(200).Body.String(); !strings.Contains(page, `href="/favicon.ico"`) {
			t.Errorf("%s does not name the icon", path)
		}
	}
}

// TestMissingFiguresAreSaidInWords shows reasons in the language of the page.
func TestMissingFiguresAreSaidInWords(t *testing.T) {
	s := empty(t, Config{})
	s.publish("indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq,2014,n/a,CNY,9,2015-01-31\n")
	for path, want := range map[string]string{"/": "not available", "/?lang=zh": "未提供"} {
		if page := s.get(path).want(200).Body.String(); !strings.Contains(page, want) {
			t.Errorf("%s lacks %q", path, want)
		}
	}
}
