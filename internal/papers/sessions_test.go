package papers

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/cli"
)

// edit replaces the lines of a paper from first to before end.
type edit struct {
	first, end int
	lines      []string
}

// session is one paper's commands, typed one after the other into one folder.
type session struct {
	*testing.T
	paper *paper
	ids   map[string]string // ids in the paper to those that came
	edits []edit
	ran   int
}

// TestSessionsPrintWhatStandsThere types the commands of every paper and
// compares what they print. It leaves out what needs a server, and lines with
// pipes. A comment "file: NAME" above a block makes it a file, one of several
// lines is itself a file; a comment "run: COMMAND" is typed and not compared.
func TestSessionsPrintWhatStandsThere(t *testing.T) {
	for _, p := range papers(t) {
		s := &session{paper: p, ids: map[string]string{}}
		t.Run(p.name, func(t *testing.T) {
			s.T = t
			t.Chdir(t.TempDir())
			s.play()
		})
		if *update && len(s.edits) > 0 {
			for _, e := range slices.Backward(s.edits) {
				p.lines = slices.Concat(p.lines[:e.first], e.lines, p.lines[e.end:])
			}
			p.write(t)
		}
		if s.ran == 0 && strings.HasPrefix(p.name, "docs/") {
			t.Errorf("nothing of %s was typed", p.name)
		}
	}
}

func (s *session) play() {
	blocks := s.paper.blocks
	for i := 0; i < len(s.paper.lines); i++ {
		s.aside(&i)
		if len(blocks) == 0 || i != blocks[0].first {
			continue
		}
		b := blocks[0]
		blocks, i = blocks[1:], b.end
		if name, ok := strings.CutPrefix(b.aside, "file: "); ok {
			s.file(name, b.first, b.end)
		}
		if b.language == "console" {
			s.block(b)
		}
	}
}

// aside does what a comment says that readers do not see, and moves line to
// its end.
func (s *session) aside(line *int) {
	text := comment(s.paper.lines, *line)
	if typed, ok := strings.CutPrefix(text, "run: "); ok {
		s.run(*line, split(typed))
	}
	name, ok := strings.CutPrefix(text, "file: ")
	if !ok || strings.HasSuffix(s.paper.lines[*line], "-->") {
		return
	}
	first := *line + 1
	for *line < len(s.paper.lines)-1 && s.paper.lines[*line] != "-->" {
		*line++
	}
	s.file(name, first, *line)
}

// file writes lines of the paper to a file of the session.
func (s *session) file(name string, first, end int) {
	body := strings.Join(s.paper.lines[first:end], "\n") + "\n"
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		s.Fatal(err)
	}
}

// block types the commands of a block.
func (s *session) block(b block) {
	for i := b.first; i < b.end; {
		typed, ok := strings.CutPrefix(s.paper.lines[i], "$ ")
		if !ok {
			s.Fatalf("%s:%d: a session begins with a command", s.paper.name, i+1)
		}
		at := i
		for i++; i < b.end && !strings.HasPrefix(s.paper.lines[i], "$ "); i++ {
		}
		c := split(typed)
		if isOurs(c) {
			s.compare(at, i, s.run(at, c))
		}
	}
}

// isOurs tells the commands that are typed: those of this program that end by
// themselves and need nothing beside their folder, and export.
func isOurs(c command) bool {
	if !c.plain || len(c.words) < 2 {
		return false
	}
	text := strings.Join(c.words, " ")
	for _, mark := range []string{"--server", "postgres://", "bellwether serve"} {
		if strings.Contains(text, mark) {
			return false
		}
	}
	return c.words[0] == "bellwether" || c.words[0] == "export"
}

// run types one command and returns the lines that it printed.
func (s *session) run(line int, c command) []string {
	s.ran++
	if c.words[0] == "export" {
		name, value, _ := strings.Cut(c.words[1], "=")
		s.Setenv(name, value)
		return nil
	}
	for _, pair := range c.env {
		name, value, _ := strings.Cut(pair, "=")
		if err := os.Setenv(name, value); err != nil {
			s.Fatal(err)
		}
		defer os.Unsetenv(name)
	}
	args := slices.Clone(c.words[1:])
	for i, word := range args {
		if id, ok := s.ids[word]; ok {
			args[i] = id
		}
	}
	var out bytes.Buffer
	if exit := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out}); exit == 2 {
		s.Errorf("%s:%d: %s", s.paper.name, line+1, out.String())
	}
	if out.Len() == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// compare holds what a command printed against what stands below it.
func (s *session) compare(at, end int, got []string) {
	want := s.paper.lines[at+1 : end]
	if slices.EqualFunc(got, want, func(a, b string) bool { return stable(a) == stable(b) }) {
		for i := range got {
			s.learn(want[i], got[i])
		}
		return
	}
	if *update {
		s.edits = append(s.edits, edit{at + 1, end, got})
		return
	}
	s.Errorf("%s:%d: %s\nprints\n%s\nand the paper says\n%s", s.paper.name, at+1, s.paper.lines[at],
		strings.Join(got, "\n"), strings.Join(want, "\n"))
}

var (
	id      = regexp.MustCompile(`\b(?:bw_)?([0-9a-f]{12})(?:_[0-9a-f]{64})?\b`)
	day     = regexp.MustCompile(`\b20[2-9]\d-\d\d-\d\d(?: \d\d:\d\dZ)?`)
	version = regexp.MustCompile(`\(go.*\)`)
)

// stable is a printed line without what differs from run to run: random ids,
// days of these years beside one, the platform.
func stable(line string) string {
	line = version.ReplaceAllString(line, "(GO)")
	if !id.MatchString(line) {
		return line
	}
	return day.ReplaceAllString(id.ReplaceAllString(line, "ID"), "DAY")
}

// learn notes which id stands for which, so that a later command can name it.
func (s *session) learn(want, got string) {
	came := id.FindAllStringSubmatch(got, -1)
	for i, found := range id.FindAllStringSubmatch(want, -1) {
		s.ids[found[1]] = came[i][1]
	}
}
