package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"bellwether/internal/cli"
	"bellwether/internal/testdb"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"bellwether": func() {
			os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// TestScripts runs every script on every engine, each with a place for a
// database of its own in BELLWETHER_DATABASE and a second one in OTHER.
func TestScripts(t *testing.T) {
	for _, engine := range testdb.Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir:                 "testdata/script",
				RequireExplicitExec: true,
				Cmds:                map[string]func(*testscript.TestScript, bool, []string){"workbook": toWorkbook},
				UpdateScripts:       os.Getenv("UPDATE") != "",
				Setup: func(env *testscript.Env) error {
					blank := testdb.Blank(env.T().(testing.TB), engine)
					env.Setenv("BELLWETHER_DATABASE", blank.DSN)
					env.Setenv("OTHER", "sqlite:"+filepath.Join(env.WorkDir, "other.db"))
					env.Setenv("ENGINE", string(engine))
					env.Setenv("GORACE", "atexit_sleep_ms=0") // or every command under the race detector ends a second late
					return nil
				},
			})
		})
	}
}
