//go:build linux

package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal opens a terminal of the test's own. What is typed goes into person;
// what the program writes comes out of it.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { person.Close() })
	number, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return person, program
}

// typing runs a command at a terminal where a person has typed the lines, and
// returns its exit code and what stood on the terminal.
func typing(t *testing.T, lines string, args ...string) (code int, seen string) {
	t.Helper()
	person, program := terminal(t)
	if _, err := io.WriteString(person, lines); err != nil {
		t.Fatal(err)
	}
	var screen bytes.Buffer
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _ = io.Copy(&screen, person) // ends when the terminal is closed
	}()
	code = Main(args, Streams{In: program, Out: io.Discard, Err: program})
	program.Close()
	<-read
	return code, strings.ReplaceAll(screen.String(), "\r\n", "\n")
}

func TestAClerkIsAskedWhatAFileLeavesOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "office.db"))
	file := filepath.Join(dir, "other.csv")
	text := "Main indicators\nindicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;147,600;bn yuan\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, seen := typing(t, "", "migrate"); code != 0 {
		t.Fatalf("migrate: %d %s", code, seen)
	}
	code, seen := typing(t, "y\n\n2\nplain-office\nn\n", "import", file)
	if code != exitNotPublished {
		t.Errorf("the exit code is %d, want %d:\n%s", code, exitNotPublished, seen)
	}
	for _, want := range []string{"delimiter=;", "skip_lines=1? [Y/n", "1) number.thousands=,", "2) number.decimal=,",
		"gdp.cn-cq-lj.cny", "147.600", "keep the answers", "--profile plain-office", "publish this now?", "nothing was published"} {
		if !strings.Contains(seen, want) {
			t.Errorf("the terminal does not show %q:\n%s", want, seen)
		}
	}
	code, seen = typing(t, "y\n", "import", file, "--profile", "plain-office")
	if code != 0 || !strings.Contains(seen, "published as revision") {
		t.Errorf("the kept answers give %d:\n%s", code, seen)
	}
}

func TestAClerkWhoSaysNoIsAskedNoMore(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "office.db"))
	file := filepath.Join(dir, "other.csv")
	if err := os.WriteFile(file, []byte("indicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;1;bn yuan\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, seen := typing(t, "n\n", "import", file)
	if code != exitNotPublished || !strings.Contains(seen, "question: ") || strings.Contains(seen, "keep the answers") {
		t.Errorf("the exit code is %d:\n%s", code, seen)
	}
	if _, err := os.Stat(filepath.Join(dir, "office.db")); err == nil {
		t.Error("looking made a database")
	}
}

// TestAClerkTypesWhatAFileDoesNotSay answers with a value alone: the file has a
// date and a column, and nothing of unit, area or whole months.
func TestAClerkTypesWhatAFileDoesNotSay(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "office.db"))
	file := filepath.Join(dir, "payrolls.csv")
	if err := os.WriteFile(file, []byte("DATE,Nonfarm payrolls\n1939-01-01,29923\n1939-02-01,30100\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, seen := typing(t, "\nthousand persons\nus\n\n\nn\n", "import", file)
	for _, want := range []string{"layout=indicators_across? [Y/n", "or just the value of constants.unit", "or just the value of constants.area",
		"period.date_stands_for=month?", "nonfarm-employment.us.persons  1939-01  29923 ×10^3"} {
		if !strings.Contains(seen, want) {
			t.Errorf("the terminal does not show %q:\n%s", want, seen)
		}
	}
}
