package message

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// A Packed is a message as HTTP-Redirect carried it.
type Packed struct {
	Param         string // "SAMLRequest" or "SAMLResponse"
	XML           []byte
	RelayState    string
	HasRelayState bool
	SigAlg        string // "" when the query is not signed
	Signature     []byte
	Deflated      bool // false: the sender forgot DEFLATE, which many receivers refuse
}

// Errors of unpacking; compare with errors.Is.
var (
	ErrNoMessage = errors.New("message: neither SAMLRequest nor SAMLResponse is there")
	ErrTooLarge  = fmt.Errorf("message: larger than %d bytes", MaxMessage)
)

// DecodeRedirect unpacks the raw query of an HTTP-Redirect message (SAML
// Bindings 3.4.4.1). A parameter that stands twice is an error: two readers
// would read two messages.
func DecodeRedirect(rawQuery string) (*Packed, error) {
	q, err := parseQuery(rawQuery)
	if err != nil {
		return nil, err
	}
	p := &Packed{SigAlg: q.value["SigAlg"], Deflated: true}
	p.RelayState, p.HasRelayState = q.value["RelayState"]
	_, isReq := q.value["SAMLRequest"]
	_, isResp := q.value["SAMLResponse"]
	switch {
	case isReq && isResp:
		return nil, errors.New("message: SAMLRequest and SAMLResponse stand in one query")
	case isReq:
		p.Param = "SAMLRequest"
	case isResp:
		p.Param = "SAMLResponse"
	default:
		return nil, ErrNoMessage
	}
	if enc, ok := q.value["SAMLEncoding"]; ok && enc != "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE" {
		return nil, fmt.Errorf("message: unknown SAMLEncoding %q", enc)
	}
	packed, err := decodeBase64(q.value[p.Param])
	if err != nil {
		return nil, fmt.Errorf("message: %s: %w", p.Param, err)
	}
	if p.XML, p.Deflated, err = inflate(packed); err != nil {
		return nil, fmt.Errorf("message: %s: %w", p.Param, err)
	}
	if s := q.value["Signature"]; s != "" {
		if p.Signature, err = decodeBase64(s); err != nil {
			return nil, fmt.Errorf("message: Signature: %w", err)
		}
	}
	return p, nil
}

// DecodePost unpacks the value of the form field SAMLRequest or SAMLResponse
// (SAML Bindings 3.5.4). Line breaks, a missing padding and the URL-safe
// alphabet are tolerated.
func DecodePost(value string) ([]byte, error) {
	if strings.TrimSpace(value) == "" {
		return nil, ErrNoMessage
	}
	raw, err := decodeBase64(value)
	if err != nil {
		return nil, fmt.Errorf("message: %w", err)
	}
	return raw, nil
}

func decodeBase64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, s)
	if len(s)/4*3 > MaxMessage {
		return nil, ErrTooLarge
	}
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil {
		return nil, fmt.Errorf("not base64: %w", err)
	}
	return raw, nil
}

// inflate undoes DEFLATE and never yields more than MaxMessage bytes, whatever
// the sender promises.
func inflate(packed []byte) (raw []byte, deflated bool, err error) {
	if t := bytes.TrimLeft(packed, "\xef\xbb\xbf \t\r\n"); len(t) > 0 && t[0] == '<' {
		return packed, false, nil
	}
	r := flate.NewReader(bytes.NewReader(packed))
	raw, err = io.ReadAll(io.LimitReader(r, MaxMessage+1))
	if len(raw) > MaxMessage {
		return nil, true, ErrTooLarge
	}
	if err != nil {
		if len(packed) > 1 && packed[0]&0x0f == 8 && (int(packed[0])<<8|int(packed[1]))%31 == 0 {
			return nil, true, errors.New("zlib data where raw DEFLATE is asked for: the sender must leave the zlib header out")
		}
		return nil, true, fmt.Errorf("not DEFLATE: %w", err)
	}
	return raw, true, nil
}

// query holds the parameters that the binding names: decoded, and in the very
// octets in which they came, which is what a signature covers.
type query struct{ value, octets map[string]string }

func parseQuery(raw string) (query, error) {
	q := query{map[string]string{}, map[string]string{}}
	for pair := range strings.SplitSeq(strings.TrimPrefix(raw, "?"), "&") {
		k, v, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(k)
		if err != nil {
			continue // not one of ours
		}
		switch name {
		case "SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding":
		default:
			continue
		}
		if _, twice := q.octets[name]; twice {
			return q, fmt.Errorf("message: %s stands twice in the query", name)
		}
		if q.value[name], err = url.QueryUnescape(v); err != nil {
			return q, fmt.Errorf("message: %s: %w", name, err)
		}
		q.octets[name] = pair
	}
	return q, nil
}
