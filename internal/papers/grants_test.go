package papers

import (
	"bytes"
	"database/sql"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/cli"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// TestGrantsAreEnough gives a role what the paper on operations gives it, and
// no more, and works as that role.
func TestGrantsAreEnough(t *testing.T) {
	if !slices.Contains(testdb.Engines(t), migrations.Postgres) {
		return
	}
	db := testdb.Blank(t, migrations.Postgres)
	owner := db.DSN
	must(t, "migrate", "--database", owner)
	app := grant(t, db, "bellwether_app", grants(t))
	t.Chdir(t.TempDir())
	bulletin := "indicator,area,period,value,unit,published\ngdp,cn,2013,588019,bn yuan,2014-12-19\n"
	for name, body := range map[string]string{
		"first.csv": bulletin, "second.csv": strings.ReplaceAll(bulletin, "588019", "588020"),
		"areas.yaml": "areas:\n  - code: cn-cq-x\n    name: {en: Somewhere}\n    kind: new_area\n",
	} {
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("BELLWETHER_DATABASE", app)
	must(t, "sample")
	must(t, "import", "first.csv", "second.csv", "--publish", "now")
	must(t, "catalog", "import", "areas.yaml")
	key := must(t, "keys", "create", "--role", "reader", "--name", "x")
	must(t, "keys", "revoke", strings.Split(key, "_")[1])
	must(t, "keys", "list")
	must(t, "verify")
	must(t, "show", "gdp.cn.cny")
	must(t, "export")
	must(t, "backup", "copy.db")
}

// TestALackingRightIsSaidInPlainWords works as a role that may do nothing, and
// as one that may only read.
func TestALackingRightIsSaidInPlainWords(t *testing.T) {
	if !slices.Contains(testdb.Engines(t), migrations.Postgres) {
		return
	}
	db := testdb.Blank(t, migrations.Postgres)
	must(t, "migrate", "--database", db.DSN)
	t.Chdir(t.TempDir())
	if err := os.WriteFile("figures.csv", []byte("indicator,area,period,value,unit\ngdp,cn,2013,588019,bn yuan\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	writing := [][]string{{"import", "figures.csv", "--publish", "now"}, {"keys", "create", "--role", "editor", "--name", "x"}, {"sample"}}
	all := append([][]string{{"show", "gdp.cn.cny"}, {"import", "figures.csv"}, {"verify"}, {"serve"}, {"migrate"}}, writing...)
	for name, test := range map[string]struct {
		grants   []string
		commands [][]string
	}{
		"nothing": {nil, all},
		"reading": {[]string{"GRANT SELECT ON ALL TABLES IN SCHEMA public TO bellwether_app"}, writing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("BELLWETHER_DATABASE", grant(t, db, "bellwether_"+name, test.grants))
			for _, args := range test.commands {
				exit, _, said := run(args)
				if exit != 1 || !strings.Contains(said, "lacks a right") || !strings.Contains(said, "(database_forbidden)") || strings.Contains(said, "pq:") {
					t.Errorf("bellwether %s exits with %d and says %q", strings.Join(args, " "), exit, said)
				}
			}
		})
	}
}

// run runs a command.
func run(args []string) (exit int, printed, said string) {
	var out, other bytes.Buffer
	exit = cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &other})
	return exit, out.String(), other.String()
}

// must runs a command that has to succeed and returns its standard output.
func must(t *testing.T, args ...string) string {
	t.Helper()
	exit, printed, said := run(args)
	if exit != 0 {
		t.Fatalf("bellwether %s exits with %d: %s", strings.Join(args, " "), exit, said)
	}
	return printed
}

// grant makes a role that stands for bellwether_app in what it is granted, under
// a name of its own, and returns the database as that role reaches it.
func grant(t *testing.T, db testdb.DB, name string, granted []string) string {
	t.Helper()
	at, err := url.Parse(db.DSN)
	if err != nil {
		t.Fatal(err)
	}
	database := strings.TrimPrefix(at.Path, "/")
	role := database + strings.TrimPrefix(name, "bellwether")
	raw := db.Raw(t)
	named := strings.NewReplacer("bellwether_app", role, "DATABASE figures", "DATABASE "+database)
	statements := append([]string{"CREATE ROLE " + role + " LOGIN PASSWORD 'x'"}, granted...)
	for _, statement := range statements {
		if _, err := raw.Exec(named.Replace(statement)); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	t.Cleanup(func() { drop(t, raw, role) })
	settings := at.Query()
	settings.Set("user", role)
	settings.Set("password", "x")
	at.User, at.RawQuery = nil, settings.Encode()
	return at.String()
}

func drop(t *testing.T, raw *sql.DB, role string) {
	for _, statement := range []string{"DROP OWNED BY " + role, "DROP ROLE " + role} {
		if _, err := raw.Exec(statement); err != nil {
			t.Logf("%s: %v", statement, err)
		}
	}
}

// grants are the statements of the paper that begin with GRANT.
func grants(t *testing.T) []string {
	t.Helper()
	p := read(t, "docs/operations.md")
	var all []string
	for _, b := range p.blocks {
		text := strings.Join(p.lines[b.first:b.end], "\n")
		if b.language == "sql" && strings.HasPrefix(text, "GRANT") {
			all = append(all, strings.Split(strings.TrimSuffix(text, ";"), ";\n")...)
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s grants nothing", p.name)
	}
	return all
}
