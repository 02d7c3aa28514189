package sheet

import (
	"encoding/binary"
	"encoding/xml"
	"io"
)

// sharedTexts are the texts that the cells of a workbook share. They lie on
// the disk; those that were used last and are short are held.
type sharedTexts struct {
	text, index *scratch
	count       int
	held        [1024]heldText
}

// heldText is a text and its number, counted from 1.
type heldText struct {
	number int
	text   []byte
}

// The index has the place of each text and its length.
const (
	indexBytes  = 12
	heldBytes   = 256
	textTooLong = 1<<32 - 1 // instead of a length
)

// readShared reads the part of the shared texts.
func readShared(p *parts, name string) (*sharedTexts, error) {
	s := &sharedTexts{}
	if name == "" {
		return s, nil
	}
	src, err := p.open(name)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	if s.text, err = newScratch(); err == nil {
		s.index, err = newScratch()
	}
	if err == nil {
		err = s.read(newTokens(name, src, p.lim), p.lim.CellBytes)
	}
	if err == nil {
		err = s.text.buffered.Flush()
	}
	if err == nil {
		err = s.index.buffered.Flush()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *sharedTexts) read(t *tokens, limit int) error {
	text := richText{limit: limit}
	for {
		token, err := t.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "si" {
			text.begin()
			continue
		}
		if e, ok := token.(xml.EndElement); ok && e.Name.Local == "si" {
			if err := s.add(&text); err != nil {
				return err
			}
			continue
		}
		text.take(token)
	}
}

func (s *sharedTexts) add(text *richText) error {
	entry := binary.LittleEndian.AppendUint64(nil, uint64(s.text.size))
	length := uint32(textTooLong)
	if !text.tooLong {
		plain := unescaped(text.text)
		if _, err := s.text.Write(plain); err != nil {
			return err
		}
		length = uint32(len(plain))
	}
	s.count++
	_, err := s.index.Write(binary.LittleEndian.AppendUint32(entry, length))
	return err
}

// get returns a text by its index; ok is false where there is none, and long
// says that it is longer than a cell may be.
func (s *sharedTexts) get(at int) (text []byte, long, ok bool, err error) {
	if at < 0 || at >= s.count {
		return nil, false, false, nil
	}
	held := &s.held[at%len(s.held)]
	if held.number == at+1 {
		return held.text, false, true, nil
	}
	var entry [indexBytes]byte
	if _, err := s.index.ReadAt(entry[:], int64(at)*indexBytes); err != nil {
		return nil, false, false, err
	}
	length := binary.LittleEndian.Uint32(entry[8:])
	if length == textTooLong {
		return nil, true, true, nil
	}
	text = make([]byte, length)
	if _, err := s.text.ReadAt(text, int64(binary.LittleEndian.Uint64(entry[:8]))); err != nil && (err != io.EOF || length > 0) {
		return nil, false, false, err
	}
	if len(text) <= heldBytes {
		*held = heldText{at + 1, text}
	}
	return text, false, true, nil
}

func (s *sharedTexts) close() {
	for _, file := range []*scratch{s.text, s.index} {
		if file != nil {
			_ = file.Close()
		}
	}
}

// richText joins the runs of a text; how it is pronounced is left out.
type richText struct {
	limit    int
	text     []byte
	inText   bool
	phonetic int
	tooLong  bool
}

func (r *richText) begin() { *r = richText{limit: r.limit, text: r.text[:0]} }

// take takes a token inside the element of the text.
func (r *richText) take(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "rPh":
			r.phonetic++
		case "t":
			r.inText = r.phonetic == 0
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "rPh":
			r.phonetic--
		case "t":
			r.inText = false
		}
	case xml.CharData:
		if !r.inText || r.tooLong {
			return
		}
		if r.tooLong = len(r.text)+len(t) > r.limit; !r.tooLong {
			r.text = append(r.text, t...)
		}
	}
}

// unescaped writes the characters that XML does not have, _x000D_ and the
// like, as what they stand for.
func unescaped(text []byte) []byte {
	out := text[:0]
	for i := 0; i < len(text); i++ {
		if r, ok := escapeAt(text[i:]); ok {
			out = append(out, string(r)...)
			i += len("_x0000_") - 1
			continue
		}
		out = append(out, text[i])
	}
	return out
}

func escapeAt(text []byte) (r rune, ok bool) {
	if len(text) < len("_x0000_") || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	for _, b := range text[2:6] {
		switch {
		case b >= '0' && b <= '9':
			r = r<<4 | rune(b-'0')
		case b >= 'A' && b <= 'F':
			r = r<<4 | rune(b-'A'+10)
		case b >= 'a' && b <= 'f':
			r = r<<4 | rune(b-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
