package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/swaggest/swgui/v5/static"
	"go.yaml.in/yaml/v3"

	"bellwether"
	"bellwether/internal/fault"
)

//go:embed pages/*.html pages/*.css pages/*.js pages/icon.png
var pageFiles embed.FS

// pages are the HTML pages and what they need, ready to be sent.
type pages struct {
	front    *template.Template
	contract *answer
	docs     *answer
	problems *answer
	icon     *answer
	assets   map[string]*answer
	policy   string // Content-Security-Policy of pages with the style inside
}

// The policies of pages: nothing is fetched from another host.
const (
	docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
		"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
	assetCache = "public, max-age=86400"
)

func newPages() (*pages, error) {
	p := &pages{assets: map[string]*answer{}}
	style, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		return nil, err
	}
	p.policy = "default-src 'none'; style-src 'sha256-" + hashOf(style) + "'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
	functions := template.FuncMap{"style": func() template.CSS { return template.CSS(style) }}
	all, err := template.New("").Funcs(functions).ParseFS(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	p.front = all.Lookup("front.html")
	p.contract = timeless(bellwether.Spec, "application/yaml")
	if p.docs, err = renderDocs(all); err != nil {
		return nil, err
	}
	if p.problems, err = p.renderProblems(all); err != nil {
		return nil, err
	}
	icon, err := pageFiles.ReadFile("pages/icon.png")
	if err != nil {
		return nil, err
	}
	p.icon = asset(icon, "image/png")
	return p, p.loadAssets()
}

// timeless makes an answer that only a new program changes.
func timeless(body []byte, contentType string, fields ...field) *answer {
	ans := newAnswer(body, inHTML, fields...)
	ans.header[0].value = []string{contentType}
	ans.timeless = true
	return ans
}

func pageHeaders(policy string) []field {
	return []field{
		{"Content-Security-Policy", []string{policy}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"same-origin"}},
		{"X-Frame-Options", []string{"SAMEORIGIN"}},
	}
}

func renderDocs(all *template.Template) (*answer, error) {
	var b bytes.Buffer
	if err := all.ExecuteTemplate(&b, "docs.html", nil); err != nil {
		return nil, err
	}
	return timeless(b.Bytes(), inHTML.contentType(), pageHeaders(docsPolicy)...), nil
}

// meaning is a problem code with what it means.
type meaning struct{ Code, Meaning string }

// renderProblems makes the page that lists every code; it reads the contract.
func (p *pages) renderProblems(all *template.Template) (*answer, error) {
	var contract struct {
		Components struct {
			Schemas struct {
				ProblemCode struct {
					Enum    []string          `yaml:"enum"`
					Meaning map[string]string `yaml:"x-meaning"`
				} `yaml:"ProblemCode"`
			} `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(bellwether.Spec, &contract); err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	codes := contract.Components.Schemas.ProblemCode
	list := make([]meaning, 0, len(codes.Enum))
	for _, code := range codes.Enum {
		list = append(list, meaning{code, codes.Meaning[code]})
	}
	var b bytes.Buffer
	if err := all.ExecuteTemplate(&b, "problems.html", list); err != nil {
		return nil, err
	}
	return timeless(b.Bytes(), inHTML.contentType(), pageHeaders(p.policy)...), nil
}

// assetTypes are the media types of what the reader of the contract needs.
var assetTypes = map[string]string{
	"swagger-ui.css":       "text/css; charset=utf-8",
	"swagger-ui-bundle.js": "text/javascript; charset=utf-8",
}

// loadAssets takes the reader of the contract from its module, where most of
// it is kept compressed.
func (p *pages) loadAssets() error {
	for name, kind := range assetTypes {
		ans, err := loadAsset(name, kind)
		if err != nil {
			return fmt.Errorf("load %s: %w", name, err)
		}
		p.assets[name] = ans
	}
	start, err := pageFiles.ReadFile("pages/docs.js")
	p.assets["start.js"] = asset(start, "text/javascript; charset=utf-8")
	return err
}

func asset(body []byte, kind string) *answer {
	ans := timeless(body, kind, field{"X-Content-Type-Options", []string{"nosniff"}})
	ans.cacheable = []string{assetCache}
	return ans
}

func loadAsset(name, kind string) (*answer, error) {
	zipped, err := fs.ReadFile(static.FS, name+".gz")
	if err != nil {
		body, err := fs.ReadFile(static.FS, name)
		return asset(body, kind), err
	}
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	ans := asset(body, kind)
	ans.keepZip(zipped)
	return ans, nil
}

func serveContract(a *API, v *visit, _ *question) error { return a.page(v, a.pages.contract) }

func serveDocs(a *API, v *visit, _ *question) error { return a.page(v, a.pages.docs) }

// serveIcon serves the icon where browsers look for it by themselves.
func serveIcon(a *API, v *visit, _ *question) error { return a.page(v, a.pages.icon) }

func serveProblems(a *API, v *visit, _ *question) error { return a.page(v, a.pages.problems) }

func serveAsset(a *API, v *visit, q *question) error {
	name := q.path["asset"]
	ans, ok := a.pages.assets[name]
	if !ok {
		known := slices.Sorted(maps.Keys(a.pages.assets))
		return fault.New(fault.NotFound, fault.UnknownPath, "there is no file %q here", fault.Clip(name)).
			Expect("%s", strings.Join(known, ", "))
	}
	return a.page(v, ans)
}

func (a *API) page(v *visit, ans *answer) error {
	a.send(v.Response(), v.Request(), ans, v.began)
	return nil
}

// hashOf is the hash by which a Content-Security-Policy lets a style in.
func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return base64.StdEncoding.EncodeToString(sum[:])
}
