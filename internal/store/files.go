package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// chunkBytes is how much of an original is in memory at once.
const chunkBytes = 1 << 20

// keepFile stores an original byte for byte, unless the same bytes are kept
// already. Bytes that are not those announced are a fault original_differs.
func (t *tx) keepFile(ctx context.Context, upload obs.Upload, original io.Reader) error {
	var size int64
	err := t.row(ctx, "file_size", args{"sha256": upload.SHA256}, &size)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	added, err := t.statement(ctx, "insert_file").ExecContext(ctx, args{"sha256": upload.SHA256, "size": upload.Size})
	if err != nil {
		return err
	}
	if rows, err := added.RowsAffected(); err != nil || rows == 0 {
		return err // another upload of the same bytes was first
	}
	size, sum, err := t.keepChunks(ctx, upload.SHA256, original)
	if err == nil && (size != upload.Size || sum != upload.SHA256) {
		err = fault.New(fault.Refused, fault.OriginalDiffers, "%d bytes came and %d were announced, or others than those", size, upload.Size).
			Expect("the same bytes from the beginning to the end of an import")
	}
	return err
}

func (t *tx) keepChunks(ctx context.Context, sha string, original io.Reader) (size int64, sum string, err error) {
	hash := sha256.New()
	chunk := make([]byte, chunkBytes)
	for n := 1; ; n++ {
		read, err := io.ReadFull(original, chunk)
		if read > 0 {
			hash.Write(chunk[:read])
			size += int64(read)
			body := args{"sha256": sha, "n": n, "body": chunk[:read]}
			if err := t.exec(ctx, "insert_file_chunk", body); err != nil {
				return 0, "", err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return size, hex.EncodeToString(hash.Sum(nil)), nil
		}
		if err != nil {
			return 0, "", theirs(err)
		}
	}
}

// Original writes the kept bytes of an import. The contract is that of
// ingest.Store.
func (s *Store) Original(ctx context.Context, id string, w io.Writer) error {
	kept, err := s.Import(ctx, id)
	if err != nil {
		return err
	}
	return s.writeFile(ctx, kept.SHA256, w)
}

// writeFile writes the chunks of a file one by one, each in a read of its own:
// a slow reader holds no connection.
func (s *Store) writeFile(ctx context.Context, sha string, w io.Writer) error {
	for n := 1; ; n++ {
		body, err := s.chunk(ctx, sha, n)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return failure(ctx, err)
		}
		if _, err := w.Write(body); err != nil {
			return err
		}
	}
}

func (s *Store) chunk(ctx context.Context, sha string, n int) (body []byte, err error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	err = s.row(ctx, "file_chunk", args{"sha256": sha, "n": n}, &body)
	return body, err
}
