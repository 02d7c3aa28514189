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

// The codes of columns, cells and settings of an import.
const (
	ColumnUnmapped           Code = "column_unmapped"            // a column nearly has a known name, or holds growth, and no setting says what it is
	ConstantAndColumn        Code = "constant_and_column"        // a setting states what a column of the file states as well
	SettingUnknown           Code = "setting_unknown"            // no setting has this name
	SettingInvalid           Code = "setting_invalid"            // a setting holds something that it cannot
	CellEmpty                Code = "cell_empty"                 // a cell that every row needs is empty
	DecimalsInvalid          Code = "decimals_invalid"           // no whole number from -18 to 18
	MultiplierInvalid        Code = "multiplier_invalid"         // no whole number from -30 to 30
	StatusUnknown            Code = "status_unknown"             // no letter of the list of observation statuses
	StatusContradicts        Code = "status_contradicts"         // the status does not go with the value
	WordUnknown              Code = "word_unknown"               // a word that the column does not have
	GrowthOnClaim            Code = "growth_on_claim"            // a row whose measure is a growth states another growth beside it
	GrowthComparisonMismatch Code = "growth_comparison_mismatch" // a growth on the quarter, the month or the period before, of a period that is none or has none
	SeriesUnitDiffers        Code = "series_unit_differs"        // the unit's cell and the series' code name different units
	SourceURLInvalid         Code = "source_url_invalid"         // no address that begins with http:// or https://
	PublicationConflict      Code = "publication_conflict"       // the date and the instant of publication are different days
	PublishedAfterRelease    Code = "published_after_release"    // a publication later than the release of the import
	ReleaseInPast            Code = "release_in_past"            // the import is to be released at an instant that has gone by
	ImportRefused            Code = "import_refused"             // the file has errors, so nothing is stored
	ImportHasQuestions       Code = "import_has_questions"       // the file can only be read when a question is answered, so nothing is stored
	DatasetForbidden         Code = "dataset_forbidden"          // the dataset names its editors, and this key is none of them
	FileChanged              Code = "file_changed"               // the file's bytes changed while it was read
)

// The codes of what a report warns of.
const (
	TrailingDelimiter  Code = "trailing_delimiter"   // a last column without a name and a value was dropped
	DuplicateIdentical Code = "duplicate_identical"  // a row repeats another one and is left out
	MixedMultiplier    Code = "mixed_multiplier"     // one indicator is stated at different multipliers
	MixedCurrency      Code = "mixed_currency"       // one indicator is stated in different currencies
	UnitUnexpected     Code = "unit_unexpected"      // an indicator is stated in a kind of unit that the catalogue does not have for it
	TotalMismatch      Code = "total_mismatch"       // a total is off from its parts by more than their rounding
	PublishedAtAssumed Code = "published_at_assumed" // no publication is stated, so the instant of recording is taken
	RenamedCode        Code = "renamed_code"         // a former code, read as the one of today
	NegativeZero       Code = "negative_zero"        // a zero with a minus sign, read as 0
	WithdrawsNothing   Code = "withdraws_nothing"    // a withdrawal of a figure that was never stated before it
	EmbargoNeeded      Code = "embargo_needed"       // a publication is still to come, so the import needs an instant of release
)
