package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bellwether/migrations"
)

// server is a running PostgreSQL and the template in it.
type server struct {
	url      *url.URL // of its maintenance database
	template string
	cloning  sync.Mutex // a template is cloned by one at a time
	hold     io.Closer  // while it is open, and reachable, a server started here runs
}

// postgres returns the server of this test binary, started or found once.
var postgres = sync.OnceValues(func() (*server, error) {
	s := &server{template: "bellwether_template_" + random()}
	place := os.Getenv("TEST_DATABASE_URL")
	if place == "" {
		var err error
		if place, s.hold, err = Start(carefree...); err != nil {
			return nil, err
		}
	}
	var err error
	if s.url, err = url.Parse(place); err != nil {
		return nil, errors.New("TEST_DATABASE_URL is not a URL")
	}
	if err := s.makeTemplate(); err != nil {
		return nil, err
	}
	return s, nil
})

func random() string {
	var id [6]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// dsn is the URL of a database of the server.
func (s *server) dsn(database string) string {
	u := *s.url
	u.Path = "/" + database
	return u.String()
}

// exec runs one statement in the maintenance database.
func (s *server) exec(ctx context.Context, statement string) error {
	db, err := sql.Open("postgres", s.url.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

func (s *server) makeTemplate() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.exec(ctx, "CREATE DATABASE "+s.template); err != nil {
		return err
	}
	db, err := sql.Open("postgres", s.dsn(s.template))
	if err != nil {
		return err
	}
	defer db.Close()
	_, _, err = migrations.Up(ctx, migrations.Postgres, db)
	return err
}

// clone returns a copy of the template.
func (s *server) clone(t testing.TB) DB { return s.create(t, " TEMPLATE "+s.template) }

// blank returns a database without a schema.
func (s *server) blank(t testing.TB) DB { return s.create(t, " TEMPLATE template0") }

func (s *server) create(t testing.TB, from string) DB {
	t.Helper()
	name := "bellwether_" + random()
	s.cloning.Lock()
	err := s.exec(context.Background(), "CREATE DATABASE "+name+from)
	s.cloning.Unlock()
	if err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Logf("drop the database %s: %v", name, err)
		}
	})
	return DB{Engine: migrations.Postgres, DSN: s.dsn(name)}
}

// carefree are settings for databases that nobody will miss.
var carefree = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"max_connections=200", "shared_buffers=64MB", "autovacuum=off"}

// Start makes a cluster in a directory of its own and starts its server with
// the settings (name=value). The server stops and is removed when hold is
// closed or this process ends, however it ends. It returns the URL of the
// maintenance database, to which only this machine gets.
func Start(settings ...string) (place string, hold io.Closer, err error) {
	bin, err := programs()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "bellwether-pg-")
	if err != nil {
		return "", nil, err
	}
	owner, err := unprivileged(dir)
	if err == nil {
		err = makeCluster(bin, dir, owner)
	}
	if err == nil {
		hold, err = run(bin, dir, owner, settings)
	}
	if err != nil {
		os.RemoveAll(dir)
		return "", nil, err
	}
	place = "postgres:///postgres?" + url.Values{"host": {dir}, "user": {"bellwether"}, "sslmode": {"disable"}}.Encode()
	return place, hold, awaited(place, dir)
}

// programs returns the directory of the newest PostgreSQL programs.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("postgres"); err == nil {
		if resolved, err := filepath.EvalSymlinks(path); err == nil {
			found = append(found, filepath.Dir(resolved))
		}
	}
	for _, dir := range found {
		_, noInit := os.Stat(filepath.Join(dir, "initdb"))
		_, noServer := os.Stat(filepath.Join(dir, "postgres"))
		if noInit == nil && noServer == nil {
			return dir, nil
		}
	}
	return "", errors.New("no programs of PostgreSQL on the PATH or in /usr/lib/postgresql, and TEST_DATABASE_URL is not set")
}

func version(dir string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	if err != nil {
		return 0
	}
	return n
}

// unprivileged returns who runs the server: nil for this user, or where this
// is root, for PostgreSQL refuses to run as root, one who is nobody special
// and to whom dir is given.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(found.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(found.Gid, 10, 32)
		if errUID != nil || errGID != nil {
			continue
		}
		if err := os.Chown(dir, int(uid), int(gid)); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("this is root, and there is neither a user postgres nor a user nobody to run a server")
}

func makeCluster(bin, dir string, owner *syscall.SysProcAttr) error {
	command := exec.Command(filepath.Join(bin, "initdb"), "--pgdata="+filepath.Join(dir, "data"), "--username=bellwether",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	command.Dir, command.SysProcAttr, command.Env = dir, owner, environment(dir)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, output)
	}
	return nil
}

// keeper starts the server, waits for the end of its input, which comes when
// the process that started it ends, and then stops it and cleans up.
const keeper = `bin="$1" dir="$2"
shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= "$@" >"$dir/log" 2>&1 </dev/null &
read _
kill -QUIT $!
wait
rm -rf "$dir"
`

func run(bin, dir string, owner *syscall.SysProcAttr, settings []string) (io.Closer, error) {
	arguments := []string{"-c", keeper, "keeper", bin, dir}
	for _, setting := range settings {
		arguments = append(arguments, "-c", setting)
	}
	command := exec.Command("/bin/sh", arguments...)
	attributes := *owner
	attributes.Setpgid = true // an interrupt of the tests lets it clean up
	command.Dir, command.SysProcAttr, command.Env = dir, &attributes, environment(dir)
	hold, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	return hold, command.Start()
}

func environment(dir string) []string {
	return []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "LC_ALL=C", "TZ=UTC"}
}

// awaited asks until the server answers.
func awaited(place, dir string) error {
	db, err := sql.Open("postgres", place)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
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
