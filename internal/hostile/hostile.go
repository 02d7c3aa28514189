// Package hostile makes the files that are made to harm who reads them: cells
// that a spreadsheet would run, and little that becomes much. Each says how it
// has to be refused. The tests of every door read them all.
//
// It owns the files alone; what is refused is the readers' business.
package hostile

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/fault"
)

// File is one such file, and the first error that is to be said of it.
type File struct {
	Name  string
	Write func(io.Writer) error
	Code  fault.Code
	Line  int      // 0 where it is the whole file, SomeLine where it is as far as it was read
	Cell  string   // empty where it is no single cell
	Set   []string // the settings under which it is read, KEY=VALUE
}

// SomeLine is a line that depends on how well a file was packed.
const SomeLine = -1

const (
	header  = "indicator,area,period,value,unit,published\n"
	row     = "gdp,cn,2013,1,CNY,2014-01-20\n"
	much    = 32 << 20 // bytes; more than MaxHeap
	tooMuch = 65 << 20 // bytes; more than a packed text may have
)

// Rows is the limit on rows under which Files are refused.
const Rows = 20_000

// Files lists the files, those of text first.
func Files() []File { return append(texts(), packed()...) }

func texts() []File {
	feed := []string{"constants.feed=ecb"}
	return []File{
		{"formula.csv", text(header + row + "gdp,cn,2014,\"=HYPERLINK(\"\"http://x\"\")\",CNY,2014-01-20\n"), fault.CSVFormulaCell, 3, "D3", nil},
		{"command.csv", text(header + "@SUM(1),cn,2014,1,CNY,2014-01-20\n"), fault.CSVFormulaCell, 2, "A2", nil},
		{"formula-header.csv", text(strings.Replace(header, "published", "=cmd|'/C calc'!A0", 1) + row), fault.CSVFormulaCell, 1, "F1", nil},
		{"rows.csv", repeated(header, row, Rows+1, ""), fault.TooManyRows, Rows + 2, "", nil},
		{"columns.csv", repeated(header+row+"gdp", ",x", 200_000, "\n"), fault.TooManyColumns, 3, "ALM3", nil},
		{"columns-header.csv", repeated("indicator", ",x", 2_000_000, "\n"+row), fault.TooManyColumns, 1, "ALM1", nil},
		{"cell.csv", repeated(header+"gdp,cn,2013,", "1", 100<<10, ",CNY,2014-01-20\n"), fault.CellTooLong, 2, "D2", nil},
		{"endless-line.csv", repeated(header, "xxxxxxxx", much/8, "\n"), fault.RowTooLong, 2, "A2", nil},
		{"endless-cell.csv", repeated(header+row+"\"", "xxxxxxx\n", much/8, "\"\n"), fault.RowTooLong, 3, "A3", nil},
		{"open-quote.csv", text(header + row + "gdp,cn,2014,\"1,CNY,2014-01-20\n" + row), fault.CSVUnclosedQuote, 3, "D3", nil},
		{"open-quote-and-much.csv", repeated(header+row+"gdp,\"", row, much/len(row), ""), fault.CSVUnclosedQuote, 3, "B3", nil},
		{"nul.csv", text(header + "gdp,cn,2013,\x00,CNY,2014-01-20\n"), fault.CSVNul, 2, "", nil},
		{"exponent.csv", text(header + "gdp,cn,2013,1e999999999,CNY,2014-01-20\n"), fault.NumberExponentUndeclared, 2, "D2", nil},
		{"digits.csv", repeated(header+"gdp,cn,2013,", "9", 60<<10, ",CNY,2014-01-20\n"), fault.NumberTooLong, 2, "D2", nil},
		{"deep.xml", repeated("<?xml version=\"1.0\"?>", "<a>", much/3, ""), fault.XMLInvalid, 1, "", feed},
		{"endless-attribute.xml", repeated("<?xml version=\"1.0\"?><a b=\"", "x", much, "\"/>"), fault.XMLInvalid, 1, "", feed},
		{"entities.xml", text("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"" + strings.Repeat("b", 100) + "\"><!ENTITY c \"&b;&b;\">]>\n<a>&c;</a>"), fault.XMLInvalid, 2, "", feed},
	}
}

func packed() []File {
	return []File{
		{"bomb.csv.gz", gzipped(repeated(header, row, tooMuch/len(row), "")), fault.ArchiveInvalid, 0, "", nil},
		{"bomb.zip", zipped(map[string]write{"figures.csv": repeated(header, row, tooMuch/len(row), "")}), fault.ArchiveInvalid, 0, "", nil},
		{"two.zip", zipped(map[string]write{"a.csv": text(header + row), "b.csv": text(header + row)}), fault.ArchiveInvalid, 0, "", nil},
		{"formula.xlsx", workbook(nil, func(f *excelize.File) error { return f.SetCellFormula("Sheet1", "D2", "1+1") }), fault.CSVFormulaCell, 2, "D2", nil},
		{"columns.xlsx", workbook(nil, func(f *excelize.File) error { return f.SetCellStr("Sheet1", "XFD2", "x") }), fault.TooManyColumns, 2, "XFD2", nil},
		{"rows.xlsx", worksheet(repeated("", "<row><c t=\"inlineStr\"><is><t>gdp</t></is></c><c/></row>", Rows+1, "")), fault.TooManyRows, Rows + 2, "", nil},
		{"cell.xlsx", worksheet(repeated("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>", "x", 200<<10, "</t></is></c></row>")), fault.CellTooLong, 2, "A2", nil},
		{"bomb.xlsx", worksheet(repeated("", "<row/>"+strings.Repeat(" ", 1018), much>>10, "")), fault.XLSXTooLarge, SomeLine, "", nil},
		{"entities.xlsx", part("xl/worksheets/sheet1.xml", text(`<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>`)), fault.XLSXInvalid, 1, "", nil},
		{"parts.xlsx", workbook(manyParts(), nil), fault.XLSXTooLarge, 0, "", nil},
		{"links.xlsx", part("xl/externalLinks/externalLink1.xml", text("<x/>")), fault.XLSXActiveContent, 0, "", nil},
		{"macros.xlsx", part("xl/vbaProject.bin", text("x")), fault.XLSXActiveContent, 0, "", nil},
		{"objects.xlsx", part("xl/embeddings/oleObject1.bin", text("x")), fault.XLSXActiveContent, 0, "", nil},
	}
}

type write func(io.Writer) error

func text(s string) write {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// repeated writes a text any number of times between two others.
func repeated(before, s string, times int, behind string) write {
	return func(to io.Writer) error {
		w := bufio.NewWriter(to)
		w.WriteString(before) //nolint:errcheck // Flush tells
		for range times {
			if _, err := w.WriteString(s); err != nil {
				return err
			}
		}
		w.WriteString(behind) //nolint:errcheck // Flush tells
		return w.Flush()
	}
}

func gzipped(inner write) write {
	return func(to io.Writer) error {
		w := gzip.NewWriter(to)
		if err := inner(w); err != nil {
			return err
		}
		return w.Close()
	}
}

func zipped(members map[string]write) write {
	return func(to io.Writer) error {
		w := zip.NewWriter(to)
		if err := putAll(w, members); err != nil {
			return err
		}
		return w.Close()
	}
}

func putAll(w *zip.Writer, members map[string]write) error {
	for name, inner := range members {
		m, err := w.Create(name)
		if err != nil {
			return err
		}
		if err := inner(m); err != nil {
			return err
		}
	}
	return nil
}

// part writes a workbook with one part in place of its own or beside them.
func part(name string, inner write) write { return workbook(map[string]write{name: inner}, nil) }

// worksheet writes a workbook with these rows below a header.
func worksheet(rows write) write {
	return part("xl/worksheets/sheet1.xml", func(w io.Writer) error {
		for _, piece := range []write{
			text(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str"><v>indicator</v></c><c r="B1" t="str"><v>area</v></c><c r="C1" t="str"><v>period</v></c><c r="D1" t="str"><v>value</v></c><c r="E1" t="str"><v>unit</v></c></row>`),
			rows, text("</sheetData></worksheet>"),
		} {
			if err := piece(w); err != nil {
				return err
			}
		}
		return nil
	})
}

// workbook writes a workbook of one good row, changed, and with some parts in
// place of its own or beside them.
func workbook(more map[string]write, change func(*excelize.File) error) write {
	return func(to io.Writer) error {
		f := excelize.NewFile()
		defer f.Close()
		for i, line := range strings.Split(header+strings.TrimSpace(row), "\n") {
			for k, cell := range strings.Split(line, ",") {
				name, err := excelize.CoordinatesToCellName(k+1, i+1)
				if err != nil {
					return err
				}
				if err := f.SetCellStr("Sheet1", name, cell); err != nil {
					return err
				}
			}
		}
		if change != nil {
			if err := change(f); err != nil {
				return err
			}
		}
		whole, err := f.WriteToBuffer()
		if err != nil {
			return err
		}
		return repack(to, whole.Bytes(), more)
	}
}

// repack writes an archive with other members in place of its own or beside
// them.
func repack(to io.Writer, raw []byte, more map[string]write) error {
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	w := zip.NewWriter(to)
	for _, file := range r.File {
		if more[file.Name] != nil {
			continue
		}
		if err := w.Copy(file); err != nil {
			return err
		}
	}
	if err := putAll(w, more); err != nil {
		return err
	}
	return w.Close()
}

func manyParts() map[string]write {
	more := map[string]write{}
	for name := []byte("xl/media/aaaa"); len(more) < 5000; {
		more[string(name)] = text("x")
		for at := len(name) - 1; ; at-- {
			if name[at]++; name[at] <= 'z' {
				break
			}
			name[at] = 'a'
		}
	}
	return more
}
