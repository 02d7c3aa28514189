package fault

// The codes of workbooks.
const (
	WorkbookUnsupported Code = "workbook_unsupported" // a spreadsheet of another kind than xlsx, or one behind a password
	XLSXInvalid         Code = "xlsx_invalid"         // a workbook that is damaged, or whose parts contradict one another
	XLSXTooLarge        Code = "xlsx_too_large"       // a workbook that unpacks to more than is read, or has too many parts
	XLSXActiveContent   Code = "xlsx_active_content"  // a workbook with macros, embedded objects, or links to other files or databases
	XLSXErrorCell       Code = "xlsx_error_cell"      // a cell holds an error such as #N/A
	XLSXBooleanCell     Code = "xlsx_boolean_cell"    // a cell holds TRUE or FALSE
	XLSXDate            Code = "xlsx_date"            // a cell's date does not exist, or is not what its format shows
	XLSXNumberFormat    Code = "xlsx_number_format"   // a cell's number format shows something else than the number that it holds
	XLSXMergedCells     Code = "xlsx_merged_cells"    // cells are merged among the rows of figures, or a value is hidden under merged ones
	XLSXHidden          Code = "xlsx_hidden"          // rows, columns or sheets are hidden; rows and columns are read as the rest
	SheetUnknown        Code = "sheet_unknown"        // the workbook has no sheet of that name or number
	AskSheet            Code = "ask_sheet"            // several sheets have something in them; which one is meant
	AskShownNumbers     Code = "ask_shown_numbers"    // a number format shows fewer decimals than the cell holds; which is meant
)
