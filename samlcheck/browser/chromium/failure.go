package chromium

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/browser"
)

// failure puts Chromium's word for what went wrong into the words of package
// browser.
func (v *visit) failure(h *hop) string {
	word := strings.TrimPrefix(h.failed, "net::")
	switch {
	case strings.Contains(word, "TIMED_OUT") && !strings.Contains(word, "CONNECTION"):
		return browser.NoAnswer + v.b.c.opt.HopTimeout.String() + " (" + word + ")"
	case strings.HasPrefix(word, "ERR_SSL"), strings.HasPrefix(word, "ERR_CERT"), strings.HasPrefix(word, "ERR_BAD_SSL"),
		strings.HasPrefix(word, "ERR_TLS"), strings.HasPrefix(word, "ERR_ECH"):
		return browser.TLS + word
	}
	switch word {
	case "ERR_NAME_NOT_RESOLVED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_TIMED_OUT", "ERR_CONNECTION_FAILED",
		"ERR_ADDRESS_UNREACHABLE", "ERR_ADDRESS_INVALID", "ERR_INTERNET_DISCONNECTED", "ERR_UNSAFE_PORT",
		"ERR_NAME_RESOLUTION_FAILED", "ERR_NETWORK_ACCESS_DENIED":
		return browser.CannotConnect + word
	case "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_CLOSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_ABORTED",
		"ERR_CONTENT_LENGTH_MISMATCH", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_HTTP2_PROTOCOL_ERROR", "ERR_HTTP2_SERVER_REFUSED_STREAM",
		"ERR_SOCKET_NOT_CONNECTED":
		if h.status == 0 {
			return browser.Closed + " before an answer came"
		}
		return fmt.Sprintf("%s in the middle of the answer, after %d bytes of its body", browser.Closed, len(h.body))
	case "ERR_INVALID_HTTP_RESPONSE", "ERR_INVALID_CHUNKED_ENCODING", "ERR_RESPONSE_HEADERS_TRUNCATED":
		return browser.NotHTTP + word
	case "ERR_TOO_MANY_REDIRECTS":
		return browser.StillMovingAfter(v.urls())
	case "ERR_UNKNOWN_URL_SCHEME", "ERR_INVALID_REDIRECT", "ERR_UNSAFE_REDIRECT", "ERR_INVALID_URL":
		return browser.Astray + word
	}
	return "request failed: " + word
}
