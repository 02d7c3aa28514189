package workbook

import (
	"strconv"
	"strings"
)

// The styles of cells, in the order of the part that lists them: numberStyle + n
// shows n decimals.
const (
	textStyle   = 1
	headStyle   = 2
	numberStyle = 3
)

// What a number may have that every spreadsheet program shows in full.
const (
	maxDecimals = 20
	maxDigits   = 40
)

// firstFormat is the number of the first format of a workbook's own.
const firstFormat = 164

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNames   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeNames = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partNames   = "http://schemas.openxmlformats.org/package/2006/"
	partTypes   = "application/vnd.openxmlformats-officedocument.spreadsheetml."

	packageRelations = declaration + `<Relationships xmlns="` + partNames + `relationships">` +
		`<Relationship Id="rId1" Type="` + officeNames + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

	sheetBegin = declaration + `<worksheet ` + mainNames + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>`
	sheetEnd = `</sheetData></worksheet>`
)

func contentTypes(sheets []string) string {
	var b strings.Builder
	b.WriteString(declaration + `<Types xmlns="` + partNames + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + partTypes + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + partTypes + `styles+xml"/>`)
	for i := range sheets {
		b.WriteString(`<Override PartName="/xl/worksheets/sheet` + strconv.Itoa(i+1) + `.xml" ContentType="` + partTypes + `worksheet+xml"/>`)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func plan(sheets []string) string {
	var b strings.Builder
	b.WriteString(declaration + `<workbook ` + mainNames + ` xmlns:r="` + officeNames + `"><bookViews><workbookView/></bookViews><sheets>`)
	for i, name := range sheets {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<sheet name="` + string(appendText(nil, name)) + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
	}
	b.WriteString(`</sheets></workbook>`)
	return b.String()
}

func relations(sheets []string) string {
	var b strings.Builder
	b.WriteString(declaration + `<Relationships xmlns="` + partNames + `relationships">`)
	for i := range sheets {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<Relationship Id="rId` + n + `" Type="` + officeNames + `/worksheet" Target="worksheets/sheet` + n + `.xml"/>`)
	}
	n := strconv.Itoa(len(sheets) + 1)
	b.WriteString(`<Relationship Id="rId` + n + `" Type="` + officeNames + `/styles" Target="styles.xml"/></Relationships>`)
	return b.String()
}

// styles lists the formats: @ is that of texts, and one of numbers for each
// count of decimals.
func styles() string {
	var formats, cells strings.Builder
	for n := range maxDecimals + 1 {
		id := strconv.Itoa(firstFormat + n)
		code := strings.TrimSuffix("0."+strings.Repeat("0", n), ".")
		formats.WriteString(`<numFmt numFmtId="` + id + `" formatCode="` + code + `"/>`)
		cells.WriteString(`<xf numFmtId="` + id + `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
	}
	return declaration + `<styleSheet ` + mainNames + `><numFmts count="` + strconv.Itoa(maxDecimals+1) + `">` + formats.String() + `</numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="` + strconv.Itoa(numberStyle+maxDecimals+1) + `"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` + cells.String() + `</cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}
