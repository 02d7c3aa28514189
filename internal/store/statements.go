package store

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"
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
