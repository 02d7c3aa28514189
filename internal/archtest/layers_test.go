// Package archtest keeps the layers of the service as a test: which package
// may import which, with the reason beside each rule.
package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "bellwether"

// domain lists the packages that know the field and do no I/O, lowest first:
// each may import only those before it, so that data flows one way.
var domain = []string{
	"fault", "period", "figure", "series", "obs", "vintage", "catalog",
	"growth", "accumulate", "fx", "check", "diff",
}

// rule forbids imports to a package and those below it in the tree.
type rule struct {
	from   string // path below the module
	forbid []string
	except []string
	why    string
}

var rules = []rule{
	{"internal/query", []string{"internal/store", "api", "internal/cli", "internal/app", "database/sql", "github.com/jmoiron/sqlx", "net/http"}, nil,
		"use cases declare what they need of a store and know no door"},
	{"internal/ingest", []string{"internal/store", "api", "internal/cli", "internal/app", "database/sql", "github.com/jmoiron/sqlx", "net/http"}, nil,
		"use cases declare what they need of a store and know no door"},
	{"internal/sheet", []string{"internal/ingest", "internal/store", "internal/catalog"}, nil,
		"cells are read before anybody knows what they mean"},
	{"internal/profile", []string{"internal/store", "api", "internal/cli", "internal/app", "os", "net/http"}, nil,
		"the text of a profile is read the same wherever it is kept"},
	{"internal/workbook", []string{"internal/query", "internal/obs", "internal/figure", "internal/catalog", "internal/encode", "github.com/xuri/excelize"}, nil,
		"a workbook is cells and parts, whatever they say, and its numbers are the digits that it is given"},
	{"internal/encode", []string{"internal/store", "api", "internal/cli", "net/http", "encoding/csv", "reflect"}, nil,
		"rows are appended straight to bytes, for every door alike"},
	{"internal/store", []string{"internal/query", "internal/ingest", "api", "internal/cli", "internal/app", "internal/encode"},
		[]string{"internal/query", "internal/ingest"},
		"the store implements interfaces that others declare; it takes their types only"},
	{"api", []string{"internal/store", "internal/cli", "internal/app", "internal/term", "database/sql", "github.com/jmoiron/sqlx", "github.com/lib/pq", "modernc.org/sqlite"}, nil,
		"the API is a door: no SQL, no wiring"},
	{"internal/cli", []string{"database/sql", "github.com/jmoiron/sqlx", "github.com/lib/pq", "modernc.org/sqlite", "github.com/labstack/echo/v4"}, nil,
		"a command is a door: no SQL, no routes"},
	{"migrations", []string{"internal"}, nil, "the schema stands by itself"},
	{"data", []string{"internal"}, nil, "facts are files; the catalogue reads them"},
}

func TestLayersHold(t *testing.T) {
	imports := importsByPackage(t)
	for pkg, list := range imports {
		for _, r := range rules {
			if pkg != r.from && !strings.HasPrefix(pkg, r.from+"/") {
				continue
			}
			for _, imported := range list {
				if within(imported, r.forbid) && !within(imported, r.except) {
					t.Errorf("%s imports %s: %s", pkg, imported, r.why)
				}
			}
		}
	}
}

func within(imported string, list []string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		return imported == p || strings.HasPrefix(imported, p+"/")
	})
}

func TestDomainPackagesDoNoIOAndImportDownwards(t *testing.T) {
	imports := importsByPackage(t)
	forbidden := []string{"os", "io/fs", "net", "net/http", "database/sql", "os/exec", "log", "log/slog", "reflect", "unsafe"}
	allowed := []string{"github.com/shopspring/decimal"}
	for i, name := range domain {
		for _, imported := range imports["internal/"+name] {
			below, internal := strings.CutPrefix(imported, "internal/")
			switch {
			case internal && !slices.Contains(domain[:i], below):
				t.Errorf("%s imports %s: a domain package imports only those below it (%s)", name, imported, strings.Join(domain[:i], " "))
			case slices.Contains(forbidden, imported):
				t.Errorf("%s imports %s: a domain package does no I/O and no reflection", name, imported)
			case strings.Contains(imported, ".") && !slices.Contains(allowed, imported) && !(name == "catalog" && within(imported, catalogLibraries)):
				t.Errorf("%s imports %s: a domain package imports the standard library, decimal and its own kind", name, imported)
			}
		}
	}
}

// catalogLibraries read the catalogue's files and find the nearest label.
var catalogLibraries = []string{"go.yaml.in/yaml/v3", "github.com/agnivade/levenshtein"}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	eachPackage(t, func(dir string, files []*ast.File) {
		for _, f := range files {
			if f.Doc != nil {
				return
			}
		}
		t.Errorf("%s has no package comment", dir)
	})
}

func TestNoFloatsBetweenFileAndResponse(t *testing.T) {
	eachPackage(t, func(dir string, files []*ast.File) {
		if !strings.HasPrefix(dir, "internal/") && !strings.HasPrefix(dir, "api") || dir == "internal/term" || dir == "internal/bench" {
			return
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && slices.Contains([]string{"float64", "float32", "ParseFloat", "InexactFloat64"}, id.Name) {
					t.Errorf("%s uses %s: a number is a decimal from the file to the response", dir, id.Name)
				}
				return true
			})
		}
	})
}

func importsByPackage(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	eachPackage(t, func(dir string, files []*ast.File) {
		for _, f := range files {
			for _, spec := range f.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				imports[dir] = append(imports[dir], strings.TrimPrefix(imported, module+"/"))
			}
		}
	})
	return imports
}

// eachPackage parses the files of every package that are not tests.
func eachPackage(t *testing.T, visit func(dir string, files []*ast.File)) {
	t.Helper()
	root := "../.."
	found := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != root) {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		found[filepath.ToSlash(dir)] = append(found[filepath.ToSlash(dir)], file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, files := range found {
		visit(dir, files)
	}
}
