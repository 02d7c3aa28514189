package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

const envelope = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube>
%s</Cube>
</gesmes:Envelope>
`

func euroXML(days string) string { return fmt.Sprintf(envelope, days) }

// rowsOf reads a whole table.
func rowsOf(r sheet.Rows) (rows []string, err error) {
	for {
		row, err := r.Next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, string(cell))
		}
		rows = append(rows, fmt.Sprintf("%d %s", row.Line, strings.Join(cells, ",")))
	}
}

func ExampleEuroXML() {
	text := euroXML(`<Cube time="2020-12-31"><Cube currency="USD" rate="1.2271"/></Cube>` + "\n")
	rows, err := rowsOf(sheet.NewEuroXML(strings.NewReader(text), sheet.Options{}))
	if err != nil {
		panic(err)
	}
	for _, row := range rows {
		fmt.Println(row)
	}
	// Output:
	// 1 date,base,quote,rate
	// 5 2020-12-31,EUR,USD,1.2271
}

func TestEuroXML(t *testing.T) {
	const days = `<Cube time='2020-12-31'>
<Cube currency='USD' rate='1.2271'/>
<Cube currency='CNY' rate='8.0225'/>
</Cube>
<Cube time='2020-12-30'><Cube currency='USD' rate='1.2281'/></Cube>
`
	want := []string{"1 date,base,quote,rate", "6 2020-12-31,EUR,USD,1.2271", "7 2020-12-31,EUR,CNY,8.0225", "9 2020-12-30,EUR,USD,1.2281"}
	got, err := rowsOf(sheet.NewEuroXML(strings.NewReader(euroXML(days)), sheet.Options{}))
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("rows %v (-want +got):\n%s", err, diff)
	}
}

func TestEuroXMLRefuses(t *testing.T) {
	whole := euroXML(`<Cube time='2020-12-31'><Cube currency='USD' rate='1.2271'/></Cube>`)
	for _, test := range []struct {
		name, text string
		limits     sheet.Limits
		code       fault.Code
	}{
		{name: "cut off", text: whole[:len(whole)-20], code: fault.XMLInvalid},
		{name: "not closed", text: strings.Replace(whole, "</Cube></Cube>", "</Cube>", 1), code: fault.XMLInvalid},
		{name: "another vocabulary", text: "<?xml version='1.0'?><rates><Cube currency='USD' rate='1'/></rates>", code: fault.XMLInvalid},
		{name: "a rate of no day", text: euroXML(`<Cube currency='USD' rate='1.2271'/>`), code: fault.XMLInvalid},
		{name: "entities of its own", text: `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>` + whole[39:], code: fault.XMLInvalid},
		{name: "an entity that nobody declared", text: strings.Replace(whole, "Reference rates", "&lol;", 1), code: fault.XMLInvalid},
		{name: "too deep", text: euroXML(strings.Repeat("<Cube>", 99)), code: fault.XMLInvalid},
		{name: "another encoding", text: strings.Replace(whole, "UTF-8", "EBCDIC", 1), code: fault.XMLInvalid},
		{name: "an attribute without end", text: strings.Replace(whole, "1.2271", strings.Repeat("1", 99), 1), limits: sheet.Limits{CellBytes: 64}, code: fault.XMLInvalid},
		{name: "too many rates", text: strings.Replace(whole, "/></Cube>", "/><Cube currency='CNY' rate='8'/></Cube>", 1), limits: sheet.Limits{Rows: 1}, code: fault.TooManyRows},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := sheet.NewEuroXML(strings.NewReader(test.text), sheet.Options{Limits: test.limits})
			_, err := rowsOf(r)
			if fault.CodeOf(err) != test.code || len(fault.From(err).Items) != 1 {
				t.Fatalf("rows of %q = %v, want %s with its place", test.text, err, test.code)
			}
			if _, again := r.Next(); !errors.Is(again, err) {
				t.Errorf("Next() afterwards = %v, want the same error", again)
			}
		})
	}
}

func FuzzEuroXML(f *testing.F) {
	f.Add(euroXML(`<Cube time='2020-12-31'><Cube currency='USD' rate='1.2271'/></Cube>`))
	f.Add("<?xml version='1.0'?><a/>")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := rowsOf(sheet.NewEuroXML(strings.NewReader(text), sheet.Options{})); err != nil && len(fault.From(err).Items) != 1 {
			t.Errorf("rows of %q = %v, want a fault with its place", text, err)
		}
	})
}
