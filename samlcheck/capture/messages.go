package capture

import (
	"bytes"
	"net/http"
	"net/url"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// read finds the message that a request carries. Logout has messages of the
// same names, which are none of a login.
func (s *seen) read(x exchange, u *url.URL) {
	at := *u
	at.RawQuery, at.Fragment = "", ""
	for _, name := range []string{"SAMLRequest", "SAMLResponse"} {
		m := &transcript.Message{URL: at.String()}
		value, posted := x.field(name)
		var raw []byte
		var err error
		switch {
		case posted:
			m.Binding = "HTTP-POST"
			m.RelayState, m.HasRelayState = x.field("RelayState")
			raw, err = message.DecodePost(value)
		case x.method != http.MethodPost && u.Query().Has(name):
			m.Binding, m.Query = "HTTP-Redirect", u.RawQuery
			m.RelayState, m.HasRelayState = u.Query().Get("RelayState"), u.Query().Has("RelayState")
			var packed *message.Packed
			if packed, err = message.DecodeRedirect(u.RawQuery); err == nil {
				raw = packed.XML
			}
		default:
			continue
		}
		if (err != nil || !looksXML(raw)) && x.saml != "" { // the export hides it, and shows it decoded
			raw, err = []byte(x.saml), nil
		}
		m.XML = string(raw)
		s.take(name, m, err)
	}
}

func looksXML(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("<"))
}

// take keeps a message of a login.
func (s *seen) take(name string, m *transcript.Message, err error) {
	var root string
	if err == nil {
		var t *message.Tree
		if t, err = message.ParseTree([]byte(m.XML)); err == nil {
			root = t.Root.Tag
		}
	}
	switch {
	case root == "LogoutRequest" || root == "LogoutResponse":
	case name == "SAMLRequest":
		s.request = m // one that cannot be read is what its own check is for
		if err != nil {
			s.odd = name + ": " + err.Error()
		}
	case err != nil:
		s.odd = name + ": " + err.Error()
	case root == "Response":
		s.answer = m
	}
}
