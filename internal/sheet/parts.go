package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"bellwether/internal/fault"
)

// The bounds of a workbook as it comes and as it unpacks. What it unpacks to
// altogether is bounded by Limits.Bytes.
const (
	packedBytes    = 128 << 20 // of the file
	directoryBytes = 4 << 20   // of the list of its parts
	maxParts       = 4096
	freeBytes      = 16 << 20 // of one part, which may unpack as well as it likes
	maxRatio       = 200      // what unpacks to more has at most that many bytes for a packed one
)

// parts are the parts of a workbook, by name.
type parts struct {
	files map[string]*zip.File // by their name in lower case
	lim   Limits
}

// openParts reads the list of parts. Faults: xlsx_too_large, xlsx_invalid.
func openParts(src io.ReaderAt, size int64, lim Limits) (*parts, error) {
	lim = lim.WithDefaults()
	if size > packedBytes {
		return nil, tooLarge("the workbook has more than %d bytes", packedBytes)
	}
	guard := &directoryGuard{src: src, left: directoryBytes}
	archive, err := zip.NewReader(guard, size)
	if err != nil {
		return nil, brokenPart("the list of its parts", err)
	}
	guard.left = -1
	if len(archive.File) > maxParts {
		return nil, tooLarge("the workbook has more than %d parts", maxParts)
	}
	p := &parts{files: make(map[string]*zip.File, len(archive.File)), lim: lim}
	var total uint64
	for _, file := range archive.File {
		name := partName(file.Name)
		if p.files[name] != nil {
			return nil, invalid("two parts of the workbook are called %s", fault.Clip(file.Name))
		}
		p.files[name] = file
		if total += file.UncompressedSize64; total > uint64(lim.Bytes) || file.UncompressedSize64 > uint64(lim.Bytes) {
			return nil, tooLarge("the workbook unpacks to more than %d bytes", lim.Bytes)
		}
	}
	return p, nil
}

func partName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "\\", "/")) }

// directoryGuard bounds what is read until left is negative.
type directoryGuard struct {
	src  io.ReaderAt
	left int64
}

var errDirectory = errors.New("it is too long")

func (g *directoryGuard) ReadAt(p []byte, at int64) (int, error) {
	n, err := g.src.ReadAt(p, at)
	if g.left >= 0 {
		if int64(n) > g.left {
			return 0, errDirectory
		}
		g.left -= int64(n)
	}
	return n, err
}

// has reports whether there is a part whose name begins so.
func (p *parts) has(prefix string) bool {
	for name := range p.files {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// open unpacks a part, which must be there, within its bounds.
func (p *parts) open(name string) (io.ReadCloser, error) {
	file := p.files[partName(name)]
	if file == nil {
		return nil, invalid("the part %s is not there", fault.Clip(name))
	}
	text, err := file.Open()
	if err != nil {
		return nil, brokenPart(name, err)
	}
	return &part{ReadCloser: text, file: file}, nil
}

// part is the text of a part.
type part struct {
	io.ReadCloser
	file *zip.File
	read uint64
}

// Read unpacks no more than the list of parts says, and no bomb.
func (p *part) Read(buf []byte) (int, error) {
	n, err := p.ReadCloser.Read(buf)
	p.read += uint64(n)
	if p.read > p.file.UncompressedSize64 {
		return 0, invalid("the part %s is longer than the workbook says", fault.Clip(p.file.Name))
	}
	if p.read > freeBytes && p.read > maxRatio*p.file.CompressedSize64 {
		return 0, tooLarge("the part %s unpacks to more than %d times its size", fault.Clip(p.file.Name), maxRatio)
	}
	return n, err
}

// brokenPart makes a fault of the file of what a decoder says, and leaves
// faults and what a disk says as they are.
func brokenPart(name string, err error) error {
	var disk *fs.PathError
	if fault.From(err).Kind != fault.Internal || errors.As(err, &disk) {
		return err
	}
	return invalid("%s cannot be read: %s", fault.Clip(name), fault.Clip(strings.TrimPrefix(err.Error(), "xml: ")))
}

const savedAnew = "the workbook opened in a spreadsheet and saved anew as .xlsx, or the sheet as CSV in UTF-8"

func invalid(format string, args ...any) error {
	return workbookFault(fault.Refused, fault.XLSXInvalid, savedAnew, format, args...)
}

func tooLarge(format string, args ...any) error {
	return workbookFault(fault.TooLarge, fault.XLSXTooLarge, "a smaller workbook, or the sheet as CSV in UTF-8", format, args...)
}

func workbookFault(kind fault.Kind, code fault.Code, expected, format string, args ...any) error {
	detail := fmt.Sprintf(format, args...)
	return fault.New(kind, code, "%s", detail).Expect("%s", expected).
		With(fault.Item{Code: code, Value: fault.Clip(detail), Expected: expected})
}
