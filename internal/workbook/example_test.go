package workbook_test

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/workbook"
)

func Example() {
	var b bytes.Buffer
	w := workbook.New(&b, "data", "notes")
	w.Next()
	w.Heading("period")
	w.Heading("value")
	_ = w.EndRow()
	w.Text("2013-01-01/P9M")
	w.Number([]byte("118.70"))
	_ = w.EndRow()
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		fmt.Println(err)
	}
	rows, err := f.GetRows("data")
	fmt.Println(f.GetSheetList(), rows, err)
	// Output: [data notes] [[period value] [2013-01-01/P9M 118.70]] <nil>
}
