package browser

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// kind is what sort of page an answer is.
type kind int

const (
	kindOther kind = iota // an image, an archive, nothing
	kindHTML
	kindJSON
	kindText
)

// xssi are the lines that keep a JSON answer from being run as a script.
var xssi = [][]byte{[]byte(")]}',"), []byte(")]}'"), []byte("while(1);"), []byte("for(;;);")}

// kindOf trusts the content type, except that JSON is often sent as text/plain
// or as nothing at all.
func kindOf(contentType string, body []byte) kind {
	if len(body) == 0 {
		return kindOther
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
		media = strings.TrimSpace(media)
	}
	if media == "" {
		media, _, _ = strings.Cut(http.DetectContentType(body), ";")
	}
	switch {
	case strings.HasSuffix(media, "json"):
		return kindJSON
	case strings.Contains(media, "html"), strings.HasSuffix(media, "xml"):
		return kindHTML
	case strings.HasPrefix(media, "text/") || media == "application/octet-stream" && contentType == "":
		if b := bytes.TrimSpace(body); len(b) > 0 && (b[0] == '{' || b[0] == '[') && json.Valid(b) {
			return kindJSON
		}
		if media == "text/plain" {
			return kindText
		}
	}
	return kindOther
}

// decode reads a body as UTF-8 and, where it is none, as Latin-1: every byte
// sequence is a text.
func decode(contentType string, body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xEF, 0xBB, 0xBF}):
		body = body[3:]
	case bytes.HasPrefix(body, []byte{0xFF, 0xFE}):
		return decode16(body[2:], binary.LittleEndian)
	case bytes.HasPrefix(body, []byte{0xFE, 0xFF}):
		return decode16(body[2:], binary.BigEndian)
	}
	if whole := withoutHalf(body); utf8.Valid(whole) && !saysLatin1(contentType) {
		return string(whole)
	}
	out := make([]rune, len(body))
	for i, b := range body {
		out[i] = rune(b)
	}
	return string(out)
}

func decode16(body []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	return string(utf16.Decode(units))
}

func saysLatin1(contentType string) bool {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false
	}
	switch strings.ToLower(params["charset"]) {
	case "iso-8859-1", "latin1", "windows-1252":
		return true
	}
	return false
}

// withoutHalf takes away the beginning of a character at the end, which a body
// that was cut off may have.
func withoutHalf(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if at := len(b) - n; utf8.RuneStart(b[at]) {
			if !utf8.FullRune(b[at:]) {
				return b[:at]
			}
			break
		}
	}
	return b
}
