package vintage

import (
	"encoding/base32"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"time"

	"bellwether/internal/fault"
)

// A token is base32 in digits and lower-case letters, so that it survives
// paths, query strings and a change of case. Inside are the recorded instant
// and, where the published one differs, how much earlier that is, both as
// variable-length microseconds, and then the first bytes of a checksum, so
// that a typo does not name another state.
const (
	tokenAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"
	checksumBytes = 3
	tokenLimit    = 64 // bytes; the longest token has 37
)

var tokenEncoding = base32.NewEncoding(tokenAlphabet).WithPadding(base32.NoPadding)

// Token returns the opaque text of the point: lower-case letters and digits
// only, the same for the same point, shorter where both instants are equal.
func Token(p Point) string {
	buffer := binary.AppendVarint(make([]byte, 0, 24), p.Recorded.UnixMicro())
	if lag := p.Recorded.UnixMicro() - p.Published.UnixMicro(); lag != 0 {
		buffer = binary.AppendUvarint(buffer, uint64(lag))
	}
	return tokenEncoding.EncodeToString(append(buffer, checksum(buffer)...))
}

// ParseToken returns the point whose token the text is, in any case of
// letters. Every other text is a fault of kind NotFound with code
// unknown_state. Whether something was ever answered at the point is for the
// caller to say.
func ParseToken(text string) (Point, error) {
	if len(text) <= tokenLimit {
		raw, err := tokenEncoding.DecodeString(strings.ToLower(text))
		if err == nil && len(raw) > checksumBytes {
			p, ok := decodePoint(raw[:len(raw)-checksumBytes])
			if ok && Token(p) == strings.ToLower(text) {
				return p, nil
			}
		}
	}
	return Point{}, fault.New(fault.NotFound, fault.UnknownState, "no state has this token").
		Expect("the state of an earlier answer, or no state for what is visible now")
}

func decodePoint(raw []byte) (Point, bool) {
	recorded, n := binary.Varint(raw)
	if n <= 0 {
		return Point{}, false
	}
	published := recorded
	if n < len(raw) {
		lag, m := binary.Uvarint(raw[n:])
		if m <= 0 || n+m != len(raw) {
			return Point{}, false
		}
		published -= int64(lag)
	}
	p := At(time.UnixMicro(published), time.UnixMicro(recorded))
	return p, p.Published.UnixMicro() == published
}

func checksum(payload []byte) []byte {
	sum := crc32.ChecksumIEEE(append([]byte("state"), payload...))
	return binary.BigEndian.AppendUint32(nil, sum)[:checksumBytes]
}
