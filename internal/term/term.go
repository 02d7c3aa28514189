// Package term writes for people at a terminal: aligned tables, findings,
// settings and progress. It decides how things look and nothing else.
package term

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"bellwether/internal/fault"
)

// IsTerminal reports whether a stream is a terminal with a person behind it.
func IsTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Setting writes one line of a configuration file with a comment that says
// where the value comes from.
func Setting(w io.Writer, key string, value any, from, usage string) {
	text := fmt.Sprint(value)
	switch v := value.(type) {
	case string:
		text = quote(v)
	case []string:
		quoted := make([]string, len(v))
		for i, one := range v {
			quoted[i] = quote(one)
		}
		text = "[" + strings.Join(quoted, ", ") + "]"
	}
	fmt.Fprintf(w, "# %s\n%-52s # %s\n", usage, key+": "+text, from)
}

func quote(text string) string { return fmt.Sprintf("%q", text) }

// Items writes the findings of a fault, one a line.
func Items(w io.Writer, items []fault.Item) {
	for _, item := range items {
		Item(w, item)
	}
}

// Item writes one finding: where, what stands there, what to write instead.
func Item(w io.Writer, item fault.Item) {
	written(w, place(item), item)
}

// ItemOn writes one finding that was made on several lines.
func ItemOn(w io.Writer, item fault.Item, lines string) {
	parts := []string{}
	if item.Sheet != "" {
		parts = append(parts, "sheet "+item.Sheet)
	}
	if item.Column != "" {
		parts = append(parts, "column "+item.Column)
	}
	written(w, strings.Join(append(parts, lines), ", "), item)
}

func written(w io.Writer, place string, item fault.Item) {
	fmt.Fprintf(w, "  %s: %s", place, item.Code)
	if item.Value != "" {
		fmt.Fprintf(w, " %q", item.Value)
	}
	if item.Expected != "" {
		fmt.Fprintf(w, "; %s", item.Expected)
	}
	fmt.Fprintln(w)
}

func place(item fault.Item) string {
	if item.Parameter != "" {
		return item.Parameter
	}
	parts := []string{}
	if item.Sheet != "" {
		parts = append(parts, "sheet "+item.Sheet)
	}
	if item.Line > 0 {
		parts = append(parts, fmt.Sprintf("line %d", item.Line))
	}
	if item.Column != "" {
		parts = append(parts, "column "+item.Column)
	}
	if len(parts) == 0 {
		return "file"
	}
	return strings.Join(parts, ", ")
}

// Align says on which side the cells of a table's column stand.
type Align uint8

// The two sides.
const (
	Left Align = iota
	Right
)

// Table writes rows in aligned columns, the header first. Wide East Asian
// characters count as two columns.
func Table(w io.Writer, align []Align, rows [][]string) error {
	widths := make([]int, len(align))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], displayWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-displayWidth(cell))
			if align[i] == Right {
				cell, pad = pad+cell, ""
			}
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(pad + "  ")
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func displayWidth(text string) int {
	n := 0
	for _, r := range text {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
