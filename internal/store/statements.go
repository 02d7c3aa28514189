package store

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"strings"
	"sync"
	"text/template"

	"github.com/jmoiron/sqlx"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// args are the arguments of a named statement.
type args = map[string]any

// loadStatements reads the named statements of the SQL files in the dialect. A
// statement starts at a line "-- name: NAME". Files are templates, in which
// stand only what the engines write differently and, in retime.sql, the two
// tables that it is for.
func loadStatements(d dialect) (map[string]string, error) {
	texts := map[string]string{}
	files, err := sqlFiles.ReadDir("sql")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		source, err := sqlFiles.ReadFile("sql/" + file.Name())
		if err != nil {
			return nil, err
		}
		for _, of := range tablesOf(file.Name()) {
			text, err := render(d, file.Name(), string(source), of)
			if err != nil {
				return nil, fmt.Errorf("read the statements of %s: %w", file.Name(), err)
			}
			if err := split(text, texts); err != nil {
				return nil, fmt.Errorf("read the statements of %s: %w", file.Name(), err)
			}
		}
	}
	return texts, nil
}

// versioned is a table whose rows are versions, and the columns that say of
// what.
type versioned struct {
	Table string
	Key   []string
}

var (
	observations = versioned{"observation", []string{"series_id", "end_date", "start_date"}}
	rates        = versioned{"rate", []string{"feed", "base", "quote", "kind", "end_date", "start_date"}}
)

func tablesOf(file string) []versioned {
	if file == "retime.sql" {
		return []versioned{observations, rates}
	}
	return []versioned{{}}
}

// Keys lists the key columns of an alias.
func (v versioned) Keys(alias string) string {
	return alias + "." + strings.Join(v.Key, ", "+alias+".")
}

// Same is the condition that two aliases are versions of the same thing.
func (v versioned) Same(a, b string) string {
	conditions := make([]string, len(v.Key))
	for i, column := range v.Key {
		conditions[i] = a + "." + column + " = " + b + "." + column
	}
	return strings.Join(conditions, " AND ")
}

func render(d dialect, name, source string, of versioned) (string, error) {
	functions := template.FuncMap{
		"forever": func() string { return d.forever },
		"among":   d.among,
		"instant": d.typed,
		"table": func(parameter string, columns ...string) string {
			var list []column
			for i := 0; i+1 < len(columns); i += 2 {
				list = append(list, column{columns[i], columns[i+1]})
			}
			return d.table(parameter, list)
		},
	}
	t, err := template.New(name).Funcs(functions).Parse(source)
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	err = t.Execute(&text, of)
	return text.String(), err
}

func split(text string, into map[string]string) error {
	const mark = "-- name: "
	for _, part := range strings.Split("\n"+text, "\n"+mark)[1:] {
		name, body, _ := strings.Cut(part, "\n")
		name = strings.TrimSpace(name)
		if _, twice := into[name]; twice {
			return fmt.Errorf("the statement %s is there twice", name)
		}
		into[name] = strings.TrimSuffix(strings.TrimSpace(uncomment(body)), ";")
	}
	return nil
}

// uncomment drops comment lines: a colon in one would be read as a parameter.
func uncomment(body string) string {
	var kept []string
	for line := range strings.Lines(body) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// pool is a set of connections and the statements prepared on it.
type pool struct {
	*sqlx.DB
	mu       sync.Mutex
	prepared map[string]*sqlx.NamedStmt // by text
}

func newPool(db *sqlx.DB) *pool {
	return &pool{DB: db, prepared: map[string]*sqlx.NamedStmt{}}
}

// statement returns the prepared statement of a text.
func (p *pool) statement(ctx context.Context, text string) (*sqlx.NamedStmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ready := p.prepared[text]; ready != nil {
		return ready, nil
	}
	ready, err := p.PrepareNamedContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.prepared[text] = ready
	return ready, nil
}

// ready returns a statement that prepareAll prepared.
func (p *pool) ready(text string) *sqlx.NamedStmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.prepared[text]
}

// prepareAll prepares every statement, so that one that the database does not
// take stops the start and not a request.
func (p *pool) prepareAll(ctx context.Context, texts map[string]string) error {
	for name, text := range texts {
		if strings.Contains(text, selectionMark) {
			text = strings.ReplaceAll(text, selectionMark, "")
		}
		if _, err := p.statement(ctx, text); err != nil {
			return fmt.Errorf("prepare the statement %s: %w", name, err)
		}
	}
	return nil
}
