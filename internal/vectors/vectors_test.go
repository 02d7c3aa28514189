// Package vectors runs the exact cases of the semantics against the domain
// packages. BELLWETHER_VECTORS names another file of the same shape.
package vectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
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
	name := os.Getenv("BELLWETHER_VECTORS")
	if name == "" {
		name = "testdata/vectors.json"
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file vectorFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	known := operations()
	for _, group := range file.Groups {
		t.Run(group.Name, func(t *testing.T) {
			for _, c := range group.Cases {
				t.Run(c.ID, func(t *testing.T) { runCase(t, known, c) })
			}
		})
	}
}

func runCase(t *testing.T, known map[string]operation, c vectorCase) {
	var head struct {
		Op string `json:"op"`
	}
	if err := json.Unmarshal(c.In, &head); err != nil {
		t.Fatal(err)
	}
	run, ok := known[head.Op]
	if !ok {
		t.Fatalf("no operation %q (%s)", head.Op, c.Why)
	}
	got, err := run(c.In)
	if c.Error != "" {
		if code := fault.CodeOf(err); string(code) != c.Error {
			t.Errorf("error %q, want %q (%s); err %v", code, c.Error, c.Why, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("unexpected error %v (%s)", err, c.Why)
	}
	encoded, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain(t, c.Want), plain(t, encoded)); diff != "" {
		t.Errorf("%s\n(-want +got):\n%s", c.Why, diff)
	}
}

// plain decodes JSON into maps and slices, numbers kept as their text.
func plain(t *testing.T, raw []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// decode reads a case's input into a struct of the operation's own.
func decode[T any](in json.RawMessage) (T, error) {
	var v T
	if err := json.Unmarshal(in, &v); err != nil {
		return v, errors.New("the case's input has another shape: " + err.Error())
	}
	return v, nil
}
