package crash

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// killed is the exit code of a process that did not end by itself.
const killed = -1

// program is the real binary and the place where it works.
type program struct {
	path string
	dir  string
}

// build builds the binary as it is released: without cgo.
func build(t *testing.T) program {
	t.Helper()
	dir := t.TempDir()
	p := program{path: filepath.Join(dir, "bellwether"), dir: dir}
	command := exec.Command("go", "build", "-o", p.path, "bellwether/cmd/bellwether")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	return p
}

func (p program) command(arguments ...string) *exec.Cmd {
	command := exec.Command(p.path, arguments...)
	command.Dir = p.dir
	command.Env = []string{"HOME=" + p.dir, "TMPDIR=" + p.dir, "TZ=UTC"} // nothing of the test's own configuration
	return command
}

// run runs a command that has to succeed and returns what it printed.
func (p program) run(t *testing.T, arguments ...string) string {
	t.Helper()
	command := p.command(arguments...)
	var out, errors bytes.Buffer
	command.Stdout, command.Stderr = &out, &errors
	if err := command.Run(); err != nil {
		t.Fatalf("bellwether %s: %v\n%s", strings.Join(arguments, " "), err, errors.String())
	}
	return out.String()
}

// child is a running process.
type child struct {
	command *exec.Cmd
	done    chan struct{} // closed when it ended
	said    bytes.Buffer  // its standard error; to be read when it ended
}

// start starts a command. Every line that it says is also given to heard,
// where that is not nil.
func (p program) start(t *testing.T, heard func(line string), arguments ...string) *child {
	t.Helper()
	c := &child{command: p.command(arguments...), done: make(chan struct{})}
	says, err := c.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	go c.follow(says, heard)
	t.Cleanup(c.kill)
	return c
}

// follow keeps what the process says until it ends.
func (c *child) follow(says io.Reader, heard func(line string)) {
	defer close(c.done)
	for lines := bufio.NewScanner(says); lines.Scan(); {
		c.said.WriteString(lines.Text() + "\n")
		if heard != nil {
			heard(lines.Text())
		}
	}
	_ = c.command.Wait() // its exit code is asked for by who wants it
}

// kill ends the process as kill -9 does, and returns when it has ended. It
// does nothing to one that ended before.
func (c *child) kill() {
	_ = c.command.Process.Kill()
	<-c.done
}

// exit waits for the end of the process and returns its exit code.
func (c *child) exit() int {
	<-c.done
	return c.command.ProcessState.ExitCode()
}

// server is a running service.
type server struct {
	*child
	url string
}

// serve starts the service on a free port and returns when it says where.
func (p program) serve(t *testing.T, dsn string) server {
	t.Helper()
	urls := make(chan string, 1)
	c := p.start(t, func(line string) {
		if url, ok := strings.CutPrefix(line, "front page"); ok {
			urls <- strings.TrimSuffix(strings.TrimSpace(url), "/")
		}
	}, "serve", "--listen", "127.0.0.1:0", "--database", dsn)
	select {
	case url := <-urls:
		return server{c, url}
	case <-c.done:
		t.Fatalf("the server ended with %d:\n%s", c.exit(), c.said.String())
		return server{}
	}
}

// stop lets the requests under way end.
func (s server) stop(t *testing.T) {
	t.Helper()
	if err := s.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := s.exit(); code != 0 {
		t.Errorf("the server ended with %d:\n%s", code, s.said.String())
	}
}
