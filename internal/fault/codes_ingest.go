package fault

// The codes of bytes that are read as a table.
const (
	CSVEmpty             Code = "csv_empty"                 // there is no text in the file
	CSVNul               Code = "csv_nul"                   // a NUL, so the bytes are no text of this encoding
	CSVBadEncoding       Code = "csv_bad_encoding"          // bytes that the declared encoding does not have
	CSVEncodingConflict  Code = "csv_encoding_conflict"     // the byte-order mark contradicts the declared encoding
	CSVEncodingUnknown   Code = "csv_encoding_unknown"      // the declared encoding is not one that is read
	CSVReplacement       Code = "csv_replacement_character" // U+FFFD: the text was damaged before it came here
	CSVStrayCR           Code = "csv_stray_cr"              // a carriage return without a line feed among lines that have one
	CSVUnclosedQuote     Code = "csv_unclosed_quote"        // a quote opens and never closes
	CSVBareQuote         Code = "csv_bare_quote"            // a quote inside a cell that is not quoted, or text behind a closing quote
	CSVRagged            Code = "csv_ragged"                // a row has more or fewer cells than the header
	CSVDuplicateHeader   Code = "csv_duplicate_header"      // two columns mean the same
	CSVNoRows            Code = "csv_no_rows"               // a header and nothing below it
	CSVFormulaCell       Code = "csv_formula_cell"          // a cell starts with = or @
	CSVDuplicateConflict Code = "csv_duplicate_conflict"    // two rows state different values of one figure
	FileTooLarge         Code = "file_too_large"            // more bytes than the limit that the detail names
	TooManyRows          Code = "too_many_rows"             // more rows than the limit that the detail names
	TooManyColumns       Code = "too_many_columns"          // more columns than the limit that the detail names
	CellTooLong          Code = "cell_too_long"             // a cell longer than the limit that the detail names
	RowTooLong           Code = "row_too_long"              // a row longer than the limit that the detail names
)

// The codes of questions that only the person who knows the file can answer;
// a setting answers each.
const (
	AskEncoding    Code = "ask_encoding"     // the bytes are not UTF-8; which encoding are they in
	AskLineEnding  Code = "ask_line_ending"  // lines end in a lone carriage return; is that meant
	AskDelimiter   Code = "ask_delimiter"    // the header is not separated by commas; by what is it
	AskHeaderRow   Code = "ask_header_row"   // the header stands further down; how many lines are above it
	AskLayout      Code = "ask_layout"       // periods or indicators stand across; how is the table laid out
	AskColumns     Code = "ask_columns"      // columns that are needed are not there; which ones are they
	AskUnitsRow    Code = "ask_units_row"    // the row below the header looks like units; is it one
	AskFooter      Code = "ask_footer"       // text stands below the table; is it a footnote
	AskTotalLabels Code = "ask_total_labels" // a label means a total; is the row one
)
