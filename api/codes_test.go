package api

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the list of codes in openapi.yaml")

const (
	contractFile = "../openapi.yaml"
	codesBegin   = "      # codes: begin\n"
	codesEnd     = "      # codes: end\n"
)

// code is one problem code as package fault declares it.
type code struct{ text, meaning string }

// codes reads every constant of type fault.Code with its comment.
func codes(t *testing.T) []code {
	t.Helper()
	files, err := filepath.Glob("../internal/fault/codes*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []code
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.CONST {
				all = append(all, codesOf(t, group)...)
			}
		}
	}
	slices.SortFunc(all, func(a, b code) int { return cmp.Compare(a.text, b.text) })
	return all
}

func codesOf(t *testing.T, group *ast.GenDecl) []code {
	t.Helper()
	var all []code
	for _, spec := range group.Specs {
		value := spec.(*ast.ValueSpec)
		if id, ok := value.Type.(*ast.Ident); !ok || id.Name != "Code" {
			continue
		}
		text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		meaning := strings.TrimSpace(value.Comment.Text())
		if meaning == "" {
			meaning = strings.TrimSpace(value.Doc.Text())
		}
		all = append(all, code{text, meaning})
	}
	return all
}

// TestEveryCodeIsInTheContract keeps the list of codes in openapi.yaml equal
// to the constants of package fault; -update rewrites it.
func TestEveryCodeIsInTheContract(t *testing.T) {
	var want strings.Builder
	want.WriteString("      enum:\n")
	all := codes(t)
	for _, c := range all {
		fmt.Fprintf(&want, "        - %s\n", c.text)
	}
	want.WriteString("      x-meaning:\n")
	for i, c := range all {
		if c.meaning == "" {
			t.Errorf("code %s has no comment that says what it means", c.text)
		}
		if i > 0 && all[i-1].text == c.text {
			t.Errorf("code %s is declared twice", c.text)
		}
		fmt.Fprintf(&want, "        %s: '%s'\n", c.text, strings.ReplaceAll(c.meaning, "'", "''"))
	}
	contract, err := os.ReadFile(contractFile)
	if err != nil {
		t.Fatal(err)
	}
	begin := bytes.Index(contract, []byte(codesBegin)) + len(codesBegin)
	end := bytes.Index(contract, []byte(codesEnd))
	if string(contract[begin:end]) == want.String() {
		return
	}
	if !*update {
		t.Fatal("the codes in openapi.yaml are not those of package fault; run go test ./api -run TestEveryCode -update")
	}
	whole := slices.Concat(contract[:begin], []byte(want.String()), contract[end:])
	if err := os.WriteFile(contractFile, whole, 0o644); err != nil {
		t.Fatal(err)
	}
}
