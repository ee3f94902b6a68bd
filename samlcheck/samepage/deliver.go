package samepage

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

var errTwice = errors.New("samepage: several SAMLResponse fields")

// delivered takes the response out of the form: once, and only from the body.
func (s *Server) delivered(r *http.Request) ([]byte, error) {
	if r.Method == http.MethodGet { // FlawByRedirect
		return inflated(r.URL.Query())
	}
	values := r.PostForm["SAMLResponse"]
	switch {
	case len(values) == 0:
		return nil, errors.New("samepage: no SAMLResponse field")
	case len(values) > 1 && !s.flawed(FlawTwice):
		return nil, errTwice
	}
	if s.defective("no-base64-lines") && strings.ContainsAny(values[0], "\r\n") {
		return nil, errors.New("samepage: line ends in the base64")
	}
	if s.defective("no-relay-state-unasked") && r.PostForm.Get("RelayState") == "samlcheck" {
		return nil, errors.New("samepage: a RelayState of somebody else's making")
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
