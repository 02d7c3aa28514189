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

// help is what a command says of itself.
type help struct {
	commands []string
	flags    map[string]bool // whether the flag takes a value
	text     string
}

var (
	listed  = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)
	offered = regexp.MustCompile(`(?m)^ +(?:-([a-zA-Z]), )?--([a-z0-9-]+)( [a-zA-Z]+)?`)
)

// helpOf asks a command for its help.
func helpOf(t *testing.T, path []string) help {
	t.Helper()
	var out bytes.Buffer
	args := append(slices.Clone(path), "--help")
	if exit := cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &out}); exit != 0 {
		t.Fatalf("bellwether %s --help exits with %d: %s", strings.Join(path, " "), exit, out.String())
	}
	h := help{flags: map[string]bool{}, text: out.String()}
	if _, after, found := strings.Cut(h.text, "Available Commands:\n"); found {
		list, _, _ := strings.Cut(after, "\n\n")
		for _, found := range listed.FindAllStringSubmatch(list, -1) {
			h.commands = append(h.commands, found[1])
		}
	}
	for _, found := range offered.FindAllStringSubmatch(h.text, -1) {
		h.flags["--"+found[2]] = found[3] != ""
		if found[1] != "" {
			h.flags["-"+found[1]] = found[3] != ""
		}
	}
	return h
}

// check says what is wrong with the words behind bellwether: a command that
// there is not, or a flag that it does not know. It returns the command's path.
func check(t *testing.T, known map[string]help, words []string) (path []string, wrong string) {
	t.Helper()
	h := ask(t, known, nil)
	for len(words) > 0 && slices.Contains(h.commands, words[0]) {
		path, words = append(path, words[0]), words[1:]
		h = ask(t, known, path)
	}
	if len(h.commands) > 0 && len(words) > 0 && !strings.HasPrefix(words[0], "-") {
		return path, "there is no command " + words[0]
	}
	for i := 0; i < len(words); i++ {
		name, _, assigned := strings.Cut(words[i], "=")
		if !strings.HasPrefix(name, "-") || name == "-" {
			continue
		}
		takesValue, ok := h.flags[name]
		if !ok {
			return path, "there is no flag " + name
		}
		if takesValue && !assigned {
			i++
		}
	}
	return path, ""
}

func ask(t *testing.T, known map[string]help, path []string) help {
	t.Helper()
	key := strings.Join(path, " ")
	if _, ok := known[key]; !ok {
		known[key] = helpOf(t, path)
	}
	return known[key]
}

// TestCommandsAreThere reads every command line of the papers, in sessions and
// in the text.
func TestCommandsAreThere(t *testing.T) {
	known, used := map[string]help{}, map[string]bool{}
	for _, p := range papers(t) {
		for _, shown := range p.commands() {
			c := split(shown.text)
			if len(c.words) == 0 || c.words[0] != "bellwether" {
				continue
			}
			path, wrong := check(t, known, c.words[1:])
			if wrong != "" {
				t.Errorf("%s:%d: %s: %s", p.name, shown.line, shown.text, wrong)
			}
			used[strings.Join(path, " ")] = true
		}
	}
	for _, name := range ask(t, known, nil).commands {
		if name != "help" && !slices.ContainsFunc(keys(used), func(path string) bool { return strings.HasPrefix(path+" ", name+" ") }) {
			t.Errorf("no paper shows the command %s", name)
		}
	}
}

// shown is a text that a paper shows as something to type, and its line.
type shown struct {
	text string
	line int
}

// commands returns what a paper shows to be typed: behind a prompt in a
// session, every line of a block of the shell, and code in the text.
func (p *paper) commands() []shown {
	var all []shown
	for i, line := range p.prose() {
		for _, span := range spans(line) {
			all = append(all, shown{span, i + 1})
		}
	}
	for _, b := range p.blocks {
		for i := b.first; i < b.end; i++ {
			typed, prompted := strings.CutPrefix(p.lines[i], "$ ")
			if prompted && b.language == "console" || b.language == "sh" {
				all = append(all, shown{typed, i + 1})
			}
		}
	}
	return all
}

func keys[V any](m map[string]V) []string {
	var all []string
	for key := range m {
		all = append(all, key)
	}
	return all
}

// Commands that are typed into a shell see the environment of the one who runs
// the tests; its settings are none of theirs.
func TestMain(m *testing.M) {
	for _, pair := range os.Environ() {
		if name, _, _ := strings.Cut(pair, "="); strings.HasPrefix(name, "BELLWETHER_") && name != "BELLWETHER_ENGINES" {
			os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}
