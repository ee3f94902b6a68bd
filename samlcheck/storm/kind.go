package storm

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// Kind is what became of a login that brought nobody anywhere. The zero Kind is
// a login that came to rest on a page.
type Kind string

// Kinds, from the wire upwards.
const (
	Refused      Kind = "connection refused" // nobody listens there, or the name is unknown
	Reset        Kind = "connection reset"   // closed or reset, before the answer or in it
	Timeout      Kind = "timeout"            // no answer, or not all of it, within the time for a login
	TLS          Kind = "TLS"                // handshake or certificate
	NotHTTP      Kind = "not HTTP"           // something answered, but not as a web server does
	TooMany      Kind = "429"                // too many requests
	ServerError  Kind = "5xx"
	ClientError  Kind = "4xx"            // other than 429, and not where a control came to rest
	NotAPage     Kind = "not a page"     // an answer that nobody could read: empty, or no text
	Wandering    Kind = "no end of hops" // more redirects and forms than a browser follows
	Astray       Kind = "redirect to nowhere"
	NoRequest    Kind = "no sign-in"      // the login never got to the identity provider
	IdPRefused   Kind = "request refused" // the mock identity provider refused the service provider's request, as the vendor would
	RefusedLogin Kind = "refused login"   // came to rest where a login does that cannot be in
	Harness      Kind = "harness"         // our own failure
	interrupted  Kind = "interrupted"     // ended by us; never counted
)

// silent says that the service provider gave no answer at all.
func (k Kind) silent() bool {
	switch k {
	case Refused, Reset, Timeout, TLS, NotHTTP:
		return true
	default:
		return false
	}
}

// kindOf tells transport errors apart.
func kindOf(ctx context.Context, err error) Kind {
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return interrupted
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case errors.Is(err, syscall.ECONNREFUSED), errors.As(err, &dns):
		return Refused
	case isTLS(err):
		return TLS
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE),
		errors.Is(err, net.ErrClosed), strings.Contains(err.Error(), "server closed idle connection"), strings.Contains(err.Error(), "GOAWAY"):
		return Reset
	case strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "chunked"):
		return NotHTTP
	case dials(err):
		return Refused
	}
	return Reset
}

func dials(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var unknown x509.UnknownAuthorityError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &unknown) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "HTTP response to HTTPS client")
}

// kindOfStatus is what an answer's status says by itself; "" nothing.
func kindOfStatus(status int) Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return TooMany
	case status >= http.StatusInternalServerError:
		return ServerError
	case status >= http.StatusBadRequest:
		return ClientError
	}
	return ""
}

// kindOfHop reads a hop of a login that was looked at in full: its Error begins
// with the words of package browser.
func kindOfHop(h transcript.Hop) Kind {
	for _, k := range []struct {
		words string
		is    Kind
	}{
		{browser.CannotConnect, Refused}, {browser.NoAnswer, Timeout}, {browser.Closed, Reset}, {browser.TLS, TLS}, {browser.NotHTTP, NotHTTP},
		{browser.StillMoving, Wandering}, {browser.Astray, Astray}, {browser.Unread, NotAPage},
	} {
		if strings.HasPrefix(h.Error, k.words) {
			return k.is
		}
	}
	if h.Error != "" {
		return Reset
	}
	return kindOfStatus(h.Status)
}
