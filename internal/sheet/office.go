package sheet

import (
	"bytes"
	"io"
	"strings"

	"bellwether/internal/fault"
)

// The first bytes of files that may be workbooks: a zip archive, and the
// compound file of older spreadsheets and of passwords.
var (
	zipMark = []byte("PK")
	oleMark = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
)

// MarkBytes is how many bytes MayBeWorkbook looks at.
const MarkBytes = 8

// MayBeWorkbook reports whether a file that begins so may be a spreadsheet.
func MayBeWorkbook(head []byte) bool {
	return bytes.HasPrefix(head, zipMark) || bytes.HasPrefix(head, oleMark)
}

// IsWorkbook reports whether the bytes are those of an xlsx workbook, by what
// is in them. A spreadsheet of another kind is workbook_unsupported, which
// names the kind; a zip archive of anything else is none, and no fault.
func IsWorkbook(src io.ReaderAt, size int64, lim Limits) (bool, error) {
	head := make([]byte, MarkBytes)
	n, err := src.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return false, err
	}
	if bytes.HasPrefix(head[:n], oleMark) {
		return false, compound(src, size)
	}
	if !bytes.HasPrefix(head[:n], zipMark) {
		return false, nil
	}
	p, err := openParts(src, size, lim)
	if err != nil {
		if looksOffice(src, size) {
			return false, err
		}
		return false, nil
	}
	switch {
	case p.files["xl/workbook.bin"] != nil:
		return false, unsupported("a binary workbook (.xlsb)")
	case p.files["mimetype"] != nil && p.files["content.xml"] != nil:
		return false, unsupported("an OpenDocument file (.ods)")
	case p.files["[content_types].xml"] == nil:
		return false, nil
	case p.files["xl/workbook.xml"] == nil:
		return false, unsupported("an Office document without a workbook")
	}
	return true, nil
}

// looksOffice reports whether the name of a workbook's part stands in the first
// bytes of an archive that cannot be opened.
func looksOffice(src io.ReaderAt, size int64) bool {
	head := make([]byte, min(size, 4<<10))
	n, _ := src.ReadAt(head, 0)
	return bytes.Contains(head[:n], []byte("[Content_Types].xml")) || bytes.Contains(head[:n], []byte("xl/"))
}

// compound names what a compound file is.
func compound(src io.ReaderAt, size int64) error {
	var locked []byte
	for _, b := range []byte("EncryptedPackage") {
		locked = append(locked, b, 0)
	}
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf) - len(locked)) {
		n, err := src.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return err
		}
		if bytes.Contains(buf[:n], locked) {
			return workbookFault(fault.Refused, fault.WorkbookUnsupported, "the workbook saved without its password, as .xlsx",
				"the file is a workbook behind a password")
		}
	}
	return unsupported("a workbook of Excel 97 to 2003 (.xls) or another compound file")
}

func unsupported(kind string) error {
	return workbookFault(fault.Refused, fault.WorkbookUnsupported, "the workbook opened in a spreadsheet and saved as .xlsx, or the sheet as CSV in UTF-8",
		"the file is %s", kind)
}

// refuseActive refuses a workbook that does more than hold cells: what is kept
// of it is given back byte for byte, and nobody who opens it may run anything.
func (p *parts) refuseActive() error {
	for _, active := range []struct{ prefix, what string }{
		{"xl/vbaproject", "macros"}, {"xl/macrosheets/", "macros"}, {"xl/activex/", "controls"},
		{"xl/embeddings/", "embedded objects"}, {"xl/externallinks/", "links to other workbooks"},
		{"xl/connections.xml", "connections to data elsewhere"}, {"xl/querytables/", "queries of data elsewhere"},
	} {
		if p.has(active.prefix) {
			return workbookFault(fault.Refused, fault.XLSXActiveContent, "the values alone: links broken, objects and macros removed, saved as .xlsx",
				"the workbook has %s (%s)", active.what, strings.TrimSuffix(active.prefix, "/"))
		}
	}
	return nil
}
