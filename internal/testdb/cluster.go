package testdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bellwether/migrations"
)

// carefree are settings for databases that nobody will miss.
var carefree = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"max_connections=200", "shared_buffers=64MB", "autovacuum=off"}

// durable are the settings that a commit is promised by, said aloud.
var durable = []string{"fsync=on", "synchronous_commit=on", "full_page_writes=on"}

// Cluster is a PostgreSQL of a test's own, which the test may stop without a
// warning and start again. What was committed is on the disk.
type Cluster struct {
	machine
	server
}

// NewCluster starts a cluster that is gone when the test ends. It returns nil,
// and the test's log says why, where PostgreSQL does not run here; where it is
// required the test fails. A server that TEST_DATABASE_URL names is not taken:
// it is not this test's to stop.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	wanted := required(t)
	if len(wanted) > 0 && !slices.Contains(wanted, migrations.Postgres) {
		return nil
	}
	m, err := newMachine(durable)
	if err != nil && len(wanted) > 0 {
		t.Fatalf("%s requires postgres: %v", Required, err)
	}
	if err != nil {
		t.Logf("not postgres: %v", err)
		return nil
	}
	c := &Cluster{machine: *m}
	t.Cleanup(func() { c.remove() })
	if c.url, err = url.Parse(c.place()); err != nil {
		t.Fatal(err)
	}
	c.Start(t)
	return c
}

// Blank returns a database without a schema, which is gone when the test ends.
func (c *Cluster) Blank(t testing.TB) DB { return c.blank(t) }

// Copy returns a copy of a database to which nobody is connected. It is gone
// when the test ends.
func (c *Cluster) Copy(t testing.TB, of DB) DB {
	t.Helper()
	from, err := url.Parse(of.DSN)
	if err != nil {
		t.Fatal(err)
	}
	return c.create(t, " TEMPLATE "+strings.TrimPrefix(from.Path, "/"))
}

// StopImmediately stops the server as a lost machine would: nothing more is
// written. It returns when no process of the server is left.
func (c *Cluster) StopImmediately(t testing.TB) {
	t.Helper()
	if err := c.stop(); err != nil {
		t.Fatalf("stop the server: %v", err)
	}
}

// Start starts the server after a stop and returns when it answers, which is
// when it has recovered.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	if err := c.run(); err != nil {
		t.Fatalf("start the server: %v", err)
	}
	if err := awaited(c.place(), c.dir); err != nil {
		t.Fatal(err)
	}
}

// Start makes a cluster in a directory of its own and starts its server with
// the settings (name=value). The server stops and is removed when hold is
// closed or this process ends, however it ends. It returns the URL of the
// maintenance database, to which only this machine gets.
func Start(settings ...string) (place string, hold io.Closer, err error) {
	m, err := newMachine(settings)
	if err != nil {
		return "", nil, err
	}
	if err := m.run(); err != nil {
		return "", nil, errors.Join(err, m.remove())
	}
	return m.place(), m.orders, awaited(m.place(), m.dir)
}

// machine is the directory of a cluster and the process that keeps its server.
type machine struct {
	bin, dir string
	owner    *syscall.SysProcAttr
	settings []string
	keeper   *exec.Cmd // nil while the server is stopped
	orders   io.WriteCloser
}

// newMachine makes a cluster that is not started yet.
func newMachine(settings []string) (*machine, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	m := &machine{bin: bin, settings: settings}
	if m.dir, err = os.MkdirTemp("", "bellwether-pg-"); err != nil {
		return nil, err
	}
	if m.owner, err = unprivileged(m.dir); err == nil {
		err = makeCluster(bin, m.dir, m.owner)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(m.dir))
	}
	return m, nil
}

// place is the URL of the maintenance database.
func (m *machine) place() string {
	return "postgres:///postgres?" + url.Values{"host": {m.dir}, "user": {"bellwether"}, "sslmode": {"disable"}}.Encode()
}

// keeper starts the server and waits for an order. It stops the server
// immediately when the order comes; when its input ends instead, which it does
// when the process that started it ends, it also cleans up.
const keeper = `bin="$1" dir="$2"
shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= "$@" >>"$dir/log" 2>&1 </dev/null &
read order
kill -QUIT $!
wait
test "$order" = stop || rm -rf "$dir"
`

// run starts the server.
func (m *machine) run() error {
	arguments := []string{"-c", keeper, "keeper", m.bin, m.dir}
	for _, setting := range m.settings {
		arguments = append(arguments, "-c", setting)
	}
	command := exec.Command("/bin/sh", arguments...)
	attributes := *m.owner
	attributes.Setpgid = true // an interrupt of the tests lets it clean up
	command.Dir, command.SysProcAttr, command.Env = m.dir, &attributes, environment(m.dir)
	orders, err := command.StdinPipe()
	if err != nil {
		return err
	}
	m.keeper, m.orders = command, orders
	return command.Start()
}

// stop stops the server immediately and leaves its files.
func (m *machine) stop() error {
	_, err := io.WriteString(m.orders, "stop\n")
	err = errors.Join(err, m.keeper.Wait())
	m.keeper = nil
	return err
}

// remove ends it all.
func (m *machine) remove() error {
	if m.keeper == nil || m.keeper.Process == nil {
		return os.RemoveAll(m.dir)
	}
	return errors.Join(m.orders.Close(), m.keeper.Wait())
}

// awaited asks until the server answers.
func awaited(place, dir string) error {
	db, err := sql.Open("postgres", place)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(dir, "log")) // best effort: it is only shown
			return fmt.Errorf("the server does not answer: %w: %s", err, strings.TrimSpace(string(log)))
		case <-ticker.C:
		}
	}
}
