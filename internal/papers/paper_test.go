package papers

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the outputs and the table of settings in the papers")

// root is the folder of the module.
const root = "../.."

// names are the papers, by their path from the root.
var names = []string{
	"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/import.md", "docs/operations.md",
}

// paper is a file in Markdown, line by line.
type paper struct {
	name   string
	lines  []string
	blocks []block
}

// block is a fenced part of a paper: its lines are those from first to before
// end, and aside is the comment right above the fence, which readers do not see.
type block struct {
	language   string
	first, end int
	aside      string
}

func papers(t *testing.T) []*paper {
	t.Helper()
	var all []*paper
	for _, name := range names {
		all = append(all, read(t, name))
	}
	return all
}

func read(t *testing.T, name string) *paper {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	p := &paper{name: name, lines: strings.Split(string(text), "\n")}
	for i := 0; i < len(p.lines); i++ {
		language, fenced := strings.CutPrefix(p.lines[i], "```")
		if !fenced {
			continue
		}
		b := block{language: language, first: i + 1, aside: comment(p.lines, i-1)}
		for i++; i < len(p.lines) && p.lines[i] != "```"; i++ {
		}
		if i == len(p.lines) {
			t.Fatalf("%s:%d: the fence is not closed", name, b.first)
		}
		b.end = i
		p.blocks = append(p.blocks, b)
	}
	return p
}

// comment is the text of a line that is a comment, empty for any other.
func comment(lines []string, i int) string {
	if i < 0 {
		return ""
	}
	text, ok := strings.CutPrefix(lines[i], "<!-- ")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(text, " -->")
}

// write stores the paper as it is now.
func (p *paper) write(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(root, p.name), []byte(strings.Join(p.lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// prose returns the lines outside blocks, each at its place; those inside are
// empty.
func (p *paper) prose() []string {
	lines := append([]string{}, p.lines...)
	for _, b := range p.blocks {
		for i := b.first - 1; i <= b.end; i++ {
			lines[i] = ""
		}
	}
	return lines
}

var code = regexp.MustCompile("`([^`]+)`")

// spans returns the texts that a line shows as code.
func spans(line string) []string {
	var all []string
	for _, found := range code.FindAllStringSubmatch(line, -1) {
		all = append(all, found[1])
	}
	return all
}

// tables calls each with every row of every table as the cells by their heads,
// and with the number of its line.
func (p *paper) tables(each func(row map[string]string, line int)) {
	var heads []string
	for i, line := range p.prose() {
		if !strings.HasPrefix(line, "|") {
			heads = nil
			continue
		}
		cells := cellsOf(line)
		switch {
		case heads == nil:
			heads = cells
		case strings.Trim(line, "|-") != "":
			row := map[string]string{}
			for n, head := range heads {
				row[head] = cells[min(n, len(cells)-1)]
			}
			each(row, i+1)
		}
	}
}

func cellsOf(line string) []string {
	const escaped = "\x00"
	line = strings.ReplaceAll(strings.Trim(line, "|"), `\|`, escaped)
	var cells []string
	for cell := range strings.SplitSeq(line, "|") {
		cells = append(cells, strings.ReplaceAll(strings.TrimSpace(cell), escaped, "|"))
	}
	return cells
}
