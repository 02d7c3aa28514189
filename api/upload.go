package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/profile"
)

// formOverhead is what a form may take beside its file, in bytes.
const formOverhead = 64<<10 + profile.MaxBytes

// upload is a file that was handed in, kept on disk until it is read.
type upload struct {
	name    string
	bytes   *ingest.Spool
	profile *handedProfile // nil: none came with it
}

// file is the upload as it is read, any number of times.
func (u *upload) file() ingest.File {
	return ingest.File{Name: u.name, Open: u.bytes.Open}
}

// remove takes the file from the disk.
func (u *upload) remove() {
	if u.bytes != nil {
		_ = u.bytes.Close()
	}
}

// spool takes the body, or the file in a form, whole before anything is done
// with it: nothing is stored of an upload that breaks off or is too large.
func (a *API) spool(v *visit, name string) (*upload, error) {
	r, limit := v.Request(), a.config.UploadBytes
	if err := uncoded(r); err != nil {
		return nil, err
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		r.Body = http.MaxBytesReader(v.Response(), r.Body, limit+formOverhead)
		return a.spoolForm(multipart.NewReader(r.Body, params["boundary"]), name)
	}
	if name == "" {
		name = attachmentName(r.Header.Get("Content-Disposition"))
	}
	return a.write(http.MaxBytesReader(v.Response(), r.Body, limit), name)
}

// isForm reports whether the body is a form with files.
func isForm(r *http.Request) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "multipart/form-data"
}

// uncoded refuses a body that says it is compressed: it would be taken for what
// it is not.
func uncoded(r *http.Request) error {
	coding := strings.Join(r.Header.Values("Content-Encoding"), ", ")
	if coding == "" || strings.EqualFold(coding, "identity") {
		return nil
	}
	return fault.New(fault.Unsupported, fault.UnsupportedMediaType, "the body has the coding %q", fault.Clip(coding)).
		Expect("the body as it is, without Content-Encoding")
}

// spoolForm takes the one file of a form, and the profile that may stand beside
// it; it has no other field.
func (a *API) spoolForm(form *multipart.Reader, name string) (*upload, error) {
	found := &upload{}
	for {
		part, err := form.NextPart()
		if err == io.EOF { // as it is: the form has ended; wrapped: it broke off
			return found, noFile(found)
		}
		if err == nil {
			err = a.takePart(found, part, name)
		}
		if err != nil {
			found.remove()
			return nil, a.uploadFault(err)
		}
	}
}

// takePart takes a field of a form.
func (a *API) takePart(found *upload, part *multipart.Part, name string) (err error) {
	switch field := part.FormName(); {
	case field == "file" && found.bytes == nil:
		if name == "" {
			name = part.FileName()
		}
		var file *upload
		if file, err = a.write(part, name); err == nil {
			found.name, found.bytes = file.name, file.bytes
		}
	case field == "profile" && found.profile == nil:
		found.profile, err = takeProfile(part, part.FileName())
	default:
		err = fault.New(fault.Invalid, fault.UnknownParameter, "the form has a field %q", fault.Clip(field)).
			With(fault.Item{Code: fault.UnknownParameter, Parameter: field, Expected: "one field named file, and perhaps one named profile"})
	}
	return err
}

// noFile refuses a form that has ended without a file.
func noFile(found *upload) error {
	if found.bytes == nil {
		return fault.New(fault.Invalid, fault.MalformedBody, "the form has no file").Expect("a field named file")
	}
	return nil
}

// write puts the bytes where they can be read again.
func (a *API) write(body io.Reader, name string) (*upload, error) {
	spool, err := ingest.NewSpool(a.config.TempDir, func(w io.Writer) error {
		n, err := io.Copy(w, io.LimitReader(body, a.config.UploadBytes+1))
		if err == nil && n > a.config.UploadBytes {
			err = &http.MaxBytesError{Limit: a.config.UploadBytes}
		}
		return err
	})
	if err != nil {
		return nil, a.uploadFault(err)
	}
	return &upload{name: baseName(name), bytes: spool}, nil
}

// uploadFault says why an upload did not come whole. An error of the disk
// stays what it is.
func (a *API) uploadFault(err error) error {
	var f *fault.Error
	var disk *os.PathError
	if errors.As(err, &f) || errors.As(err, &disk) {
		return err
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	e := fault.From(bodyFault(err, a.config.UploadBytes))
	if e.Code == fault.BodyTooLarge {
		return e.Expect("at most %d bytes (limits.upload_bytes)", a.config.UploadBytes)
	}
	return e
}

// attachmentName is the file's name in a Content-Disposition header.
func attachmentName(header string) string {
	_, params, err := mime.ParseMediaType(header)
	if err != nil {
		return ""
	}
	return params["filename"]
}

// baseName keeps the last part of a path of either system, and gives a file
// without a name one.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" || strings.ContainsFunc(name, isControl) {
		return "upload"
	}
	return name
}
