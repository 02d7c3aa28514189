package sheet

// Neutralised returns a text as it stands in a file that may be opened in a
// spreadsheet: behind one apostrophe where the spreadsheet might run it, and
// otherwise as it is. Unneutralised undoes it.
func Neutralised(text string) string {
	if mayRun(text) {
		return "'" + text
	}
	return text
}

// Unneutralised returns the text that Neutralised made a cell of: less the one
// apostrophe that it put in front, and nothing else. An apostrophe that the
// text itself begins with stays.
func Unneutralised(cell string) string {
	if cell != "" && cell[0] == '\'' && mayRun(cell[1:]) {
		return cell[1:]
	}
	return cell
}

// mayRun reports whether a spreadsheet might run the text of a cell: it begins
// with = + - @, a tab or a carriage return. Apostrophes in front of such a
// beginning count too, so that every text comes back as it was.
func mayRun(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '\'':
		case '=', '+', '-', '@', '\t', '\r':
			return true
		default:
			return false
		}
	}
	return false
}
