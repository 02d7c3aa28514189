package sheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"bellwether/internal/fault"
)

// The bounds of packed files.
const (
	zipBytes      = 16 << 20 // of a zip file as it comes
	unpackedBytes = 64 << 20 // of the text in a zip or gzip file
)

// Unpack returns the text of a file that may be packed: what a gzip file holds,
// what the one file in a zip archive holds, or raw itself. Packed reports
// which. A zip archive is held in memory, at most 16 MiB; more than 64 MiB of
// text is refused while it is read, so that no small file becomes a large one.
// Every refusal is archive_invalid.
func Unpack(raw io.Reader) (text io.Reader, packed bool, err error) {
	b := bufio.NewReader(raw)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		text, err = unzip(b)
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		text, err = gzip.NewReader(b)
	default:
		return b, false, nil
	}
	if err != nil {
		return nil, true, unpackFault(err)
	}
	return &unpacked{src: text}, true, nil
}

// unzip opens the one file of a zip archive.
func unzip(raw io.Reader) (io.Reader, error) {
	var whole bytes.Buffer
	n, err := whole.ReadFrom(io.LimitReader(raw, zipBytes+1))
	if err != nil {
		return nil, err
	}
	if n > zipBytes {
		return nil, refuseArchive("the zip file has more than %d bytes", zipBytes)
	}
	archive, err := zip.NewReader(bytes.NewReader(whole.Bytes()), n)
	if err != nil {
		return nil, damaged(err)
	}
	if len(archive.File) != 1 || archive.File[0].FileInfo().IsDir() {
		return nil, refuseArchive("the zip file has %d entries", len(archive.File))
	}
	member, err := archive.File[0].Open()
	if err != nil {
		return nil, damaged(err)
	}
	return inMemory{member}, nil
}

// inMemory reads a member of an archive that is held in memory, so that
// whatever goes wrong is the archive's doing.
type inMemory struct{ src io.Reader }

func (m inMemory) Read(p []byte) (int, error) {
	n, err := m.src.Read(p)
	if err != nil && err != io.EOF {
		err = damaged(err)
	}
	return n, err
}

// unpacked bounds a text and tells a broken archive from a broken disk.
type unpacked struct {
	src   io.Reader
	bytes int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.src.Read(p)
	if u.bytes += int64(n); u.bytes > unpackedBytes {
		return 0, refuseArchive("the text in the file has more than %d bytes", unpackedBytes)
	}
	if err != nil && err != io.EOF {
		err = unpackFault(err)
	}
	return n, err
}

// unpackFault makes a fault of the file of what a decoder says, and leaves any
// other error as it is.
func unpackFault(err error) error {
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) {
		return damaged(err)
	}
	for _, broken := range []error{gzip.ErrHeader, gzip.ErrChecksum, io.ErrUnexpectedEOF, io.EOF} {
		if errors.Is(err, broken) {
			return damaged(err)
		}
	}
	return err
}

func damaged(err error) error { return refuseArchive("the packed file is damaged: %v", err) }

func refuseArchive(format string, args ...any) error {
	const expected = "a whole gzip file, or a zip file of one file, with at most 64 MiB of text; else the text itself"
	detail := fmt.Sprintf(format, args...)
	return fault.New(fault.Refused, fault.ArchiveInvalid, "%s", detail).Expect(expected).
		With(fault.Item{Code: fault.ArchiveInvalid, Value: detail, Expected: expected})
}
