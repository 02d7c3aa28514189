package ingest

import (
	"io"

	"bellwether/internal/sheet"
)

// textOf is the text of a file: what it holds where it is packed, else its
// bytes as they are.
func textOf(file File) File {
	return File{Name: file.Name, Open: func() (io.ReadCloser, error) {
		raw, err := file.Open()
		if err != nil {
			return nil, err
		}
		text, _, err := sheet.Unpack(raw)
		if err != nil {
			_ = raw.Close()
			return nil, err
		}
		return closing{text, raw}, nil
	}}
}

// closing reads from one place and closes another.
type closing struct {
	io.Reader
	io.Closer
}

// recognise finds out by the first bytes whether the file is packed and
// whether its text is XML.
func (j *job) recognise() (packed bool, err error) {
	raw, err := j.file.Open()
	if err != nil {
		return false, err
	}
	defer raw.Close()
	text, packed, err := sheet.Unpack(raw)
	if err == nil {
		j.options.XML, _, err = sheet.IsXML(text)
	}
	return packed, err
}

// inspect looks at every byte: of the text, and of the file where that is
// packed.
func (j *job) inspect() error {
	workbook, broken := j.recogniseWorkbook()
	if workbook {
		j.inside = j.facts
		return j.inspected(broken)
	}
	if broken != nil {
		return j.blameFile(broken)
	}
	packed, broken := j.recognise()
	if broken == nil {
		j.inside, broken = inspectFile(j.text, j.options)
	}
	j.facts = j.inside
	if packed {
		facts, err := digestFile(j.file, j.options)
		if err != nil {
			return j.blameFile(err)
		}
		j.facts = facts
	}
	return j.inspected(broken)
}

// inspected reports what the bytes are.
func (j *job) inspected(broken error) error {
	j.report.File.SHA256, j.report.File.Bytes, j.report.File.Encoding = j.facts.SHA256, j.facts.Bytes, string(j.inside.Encoding)
	j.progress(InspectStage, j.facts.Bytes, j.facts.Bytes)
	return j.blameFile(broken)
}

func inspectFile(file File, o sheet.Options) (sheet.Facts, error) {
	text, err := file.Open()
	if err != nil {
		return sheet.Facts{}, err
	}
	defer text.Close()
	return sheet.Inspect(text, o)
}

// digestFile is what there is to know of bytes that are no text.
func digestFile(file File, o sheet.Options) (sheet.Facts, error) {
	raw, err := file.Open()
	if err != nil {
		return sheet.Facts{}, err
	}
	defer raw.Close()
	digest := sheet.NewDigest(raw, o.Limits.WithDefaults().Bytes)
	if _, err := io.Copy(io.Discard, digest); err != nil {
		return sheet.Facts{}, err
	}
	return sheet.Facts{SHA256: digest.Sum(), Bytes: digest.Bytes()}, nil
}
