// Package vectors runs the exact cases of the semantics against the domain
// packages. BELLWETHER_VECTORS names another file of the same shape.
package vectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
)

// operation runs one case: in is the case's input, the answer is any value
// whose JSON is the case's want. A fault's code is compared with the case's
// error.
type operation func(in json.RawMessage) (any, error)

// operations returns every operation by the name that cases use.
func operations() map[string]operation {
	all := map[string]operation{}
	for _, group := range []map[string]operation{
		periodOperations,
		numberOperations,
		currencyOperations,
		growthOperations(),
		checkOperations(),
		decumulateOperations(),
		vintageOperations(),
		targetOperations(),
		csvOperations,
	} {
		maps.Copy(all, group)
	}
	return all
}

type vectorFile struct {
	Groups []struct {
		Name  string       `json:"name"`
		Cases []vectorCase `json:"cases"`
	} `json:"groups"`
}

type vectorCase struct {
	ID    string          `json:"id"`
	In    json.RawMessage `json:"in"`
	Want  json.RawMessage `json:"want"`
	Error string          `json:"error"`
	Why   string          `json:"why"`
}

func TestVectors(t *testing.T) {
	file, err := readVectors(os.Getenv("BELLWETHER_VECTORS"))
	if err != nil {
		t.Fatal(err)
	}
	known := operations()
	for _, group := range file.Groups {
		t.Run(group.Name, func(t *testing.T) {
			for _, c := range group.Cases {
				t.Run(c.ID, func(t *testing.T) {
					if told := c.run(known); told != "" {
						t.Errorf("%s\n%s", c.Why, told)
					}
				})
			}
		})
	}
}

// readVectors reads the file that is named, or the project's own copy. A name
// that is not absolute is looked for where the command was typed, at the root
// of the module, too: a test runs in the folder of its package.
func readVectors(name string) (vectorFile, error) {
	var file vectorFile
	if name == "" {
		name = "testdata/vectors.json"
	} else if _, err := os.Stat(name); err != nil && !filepath.IsAbs(name) {
		name = filepath.Join("..", "..", name)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return file, err
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return file, fmt.Errorf("read %s: %w", name, err)
	}
	for _, group := range file.Groups {
		if len(group.Cases) > 0 {
			return file, nil
		}
	}
	return file, fmt.Errorf("%s holds no case: expected groups with cases", name)
}

// run says what of a case is not as it should be; empty is a case that passes.
func (c vectorCase) run(known map[string]operation) string {
	var head struct {
		Op string `json:"op"`
	}
	if err := json.Unmarshal(c.In, &head); err != nil {
		return fmt.Sprintf("in is not an object with op: %v", err)
	}
	operate, ok := known[head.Op]
	if !ok {
		return fmt.Sprintf("no operation is %q; there are %s", head.Op, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	if (c.Error == "") == (len(c.Want) == 0) {
		return "the case must have either want or error"
	}
	got, err := operate(c.In)
	if err != nil {
		if code := string(fault.CodeOf(err)); code != c.Error || c.Error == "" {
			return fmt.Sprintf("error %q (%v), want %s", code, err, c.wanted())
		}
		return ""
	}
	encoded, err := json.Marshal(got)
	switch {
	case err != nil:
		return fmt.Sprintf("the answer is no JSON: %v", err)
	case c.Error != "":
		return fmt.Sprintf("answer %s, want %s", encoded, c.wanted())
	}
	return difference(c.Want, encoded)
}

// wanted is what the case expects, in words.
func (c vectorCase) wanted() string {
	if c.Error != "" {
		return fmt.Sprintf("the error %q", c.Error)
	}
	return "the answer " + string(c.Want)
}

// difference says where two answers differ; empty where they do not.
func difference(want, got []byte) string {
	wanted, err := plain(want)
	if err != nil {
		return fmt.Sprintf("want is no JSON: %v", err)
	}
	answered, err := plain(got)
	if err != nil {
		return fmt.Sprintf("the answer is no JSON: %v", err)
	}
	if diff := cmp.Diff(wanted, answered); diff != "" {
		return "(-want +got):\n" + diff
	}
	return ""
}

// plain decodes JSON into maps and slices, numbers kept as their text.
func plain(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	err := decoder.Decode(&v)
	return v, err
}

// TestWrongVectorsAreNamed runs cases that cannot pass: what is told of each
// says what is wrong with it.
func TestWrongVectorsAreNamed(t *testing.T) {
	const quarter = `{"op":"parse_period","text":"2013Q3"}`
	for name, c := range map[string]struct {
		in, want, err string
		told          string
	}{
		"passes":              {quarter, `{"start":"2013-07-01","end":"2013-10-01","canonical":"2013-Q3","sdmx":"2013-Q3"}`, "", ""},
		"another answer":      {quarter, `{"start":"2013-07-01","end":"2013-10-01","canonical":"2013-Q4","sdmx":"2013-Q3"}`, "", `string("2013-Q4")`},
		"an answer for error": {quarter, "", "period_empty", `answer {"start":"2013-07-01","end":"2013-10-01","canonical":"2013-Q3","sdmx":"2013-Q3"}, want the error "period_empty"`},
		"an error for answer": {`{"op":"parse_period","text":"2013Q5"}`, `{"canonical":"2013-Q4"}`, "", `error "period_quarter_out_of_range"`},
		"another error":       {`{"op":"parse_period","text":"2013Q5"}`, "", "period_empty", `want the error "period_empty"`},
		"no such operation":   {`{"op":"dance"}`, `{}`, "", `no operation is "dance"; there are `},
		"no operation":        {`{}`, `{}`, "", `no operation is ""`},
		"in is a text":        {`"2013"`, `{}`, "", "in is not an object"},
		"neither":             {quarter, "", "", "either want or error"},
		"both":                {quarter, `{}`, "period_empty", "either want or error"},
		"in of another shape": {`{"op":"parse_period","text":7}`, `{}`, "", "another shape"},
	} {
		told := vectorCase{In: json.RawMessage(c.in), Want: json.RawMessage(c.want), Error: c.err}.run(operations())
		if (told == "") != (c.told == "") || !strings.Contains(told, c.told) {
			t.Errorf("%s: %q, want %q", name, told, c.told)
		}
	}
}

func TestVectorFilesAreFoundAndHoldCases(t *testing.T) {
	if _, err := readVectors("internal/vectors/testdata/vectors.json"); err != nil {
		t.Errorf("a name from the root of the module: %v", err)
	}
	for body, want := range map[string]string{`{"groups":[]}`: "holds no case", `{"cases":[]}`: "holds no case", "hello": "invalid character"} {
		name := filepath.Join(t.TempDir(), "cases.json")
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readVectors(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}

// decode reads a case's input into a struct of the operation's own.
func decode[T any](in json.RawMessage) (T, error) {
	var v T
	if err := json.Unmarshal(in, &v); err != nil {
		return v, errors.New("the case's input has another shape: " + err.Error())
	}
	return v, nil
}
