package hostile_test

import (
	"fmt"
	"os"

	"bellwether/internal/hostile"
)

// The first file has a cell that a spreadsheet would run.
func Example() {
	f := hostile.Files()[0]
	if err := f.Write(os.Stdout); err != nil {
		fmt.Println(err)
	}
	fmt.Println(f.Code, "in", f.Cell)
	// Output:
	// indicator,area,period,value,unit,published
	// gdp,cn,2013,1,CNY,2014-01-20
	// gdp,cn,2014,"=HYPERLINK(""http://x"")",CNY,2014-01-20
	// csv_formula_cell in D3
}
