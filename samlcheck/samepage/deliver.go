package samepage

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// delivered takes the response out of the form: once, and only from the body.
func (s *Server) delivered(r *http.Request) ([]byte, error) {
	if r.Method == http.MethodGet { // FlawByRedirect
		return inflated(r.URL.Query())
	}
	values := r.PostForm["SAMLResponse"]
	if len(values) != 1 && !(len(values) > 1 && s.flawed(FlawTwice)) {
		return nil, fmt.Errorf("samepage: %d SAMLResponse fields", len(values))
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(values[0]))
	if err != nil {
		return nil, fmt.Errorf("samepage: base64: %w", err)
	}
	return raw, nil
}

// inflated reads the message of the HTTP-Redirect binding (Bindings 3.4.4.1).
func inflated(q url.Values) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(q.Get("SAMLResponse"))
	if err != nil {
		return nil, fmt.Errorf("samepage: base64: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxBody))
	if err != nil {
		return nil, fmt.Errorf("samepage: inflate: %w", err)
	}
	return raw, nil
}

// after is where a login ends: at home, whatever the RelayState says, but for
// FlawRelayState. Our own RelayStates are names and no addresses.
func (s *Server) after(r *http.Request) string {
	to := r.FormValue("RelayState")
	if s.flawed(FlawRelayState) && (strings.HasPrefix(to, "//") || strings.Contains(to, ":")) {
		return to
	}
	return "/home"
}
