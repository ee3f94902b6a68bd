package plain

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"example.com/samepage/samlcheck/browser"
)

// failure puts a transport's error into the words of browser's constants. got
// is the number of bytes of the answer's body that came, -1 before any answer.
func failure(err error, waited time.Duration, got int64) string {
	var dial *net.OpError
	var dns *net.DNSError
	var timeout net.Error
	dialling := errors.As(err, &dns) || errors.As(err, &dial) && dial.Op == "dial"
	switch {
	case dialling:
		return browser.CannotConnect + err.Error()
	case isTLS(err):
		return browser.TLS + strings.TrimPrefix(strings.TrimPrefix(err.Error(), "remote error: "), "tls: ")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		if got < 0 {
			return browser.NoAnswer + waited.String()
		}
		return fmt.Sprintf("%s%v: the answer had begun, %d bytes of its body came", browser.NoAnswer, waited, got)
	case isClosed(err):
		if got < 0 {
			return browser.Closed + " before an answer came"
		}
		return fmt.Sprintf("%s in the middle of the answer, after %d bytes of its body", browser.Closed, got)
	case strings.Contains(err.Error(), "malformed HTTP"):
		return browser.NotHTTP + err.Error()
	}
	return "request failed: " + err.Error()
}

func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &unknown) ||
		errors.As(err, &host) || errors.As(err, &invalid) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "TLS handshake") ||
		strings.Contains(err.Error(), "HTTP response to HTTPS client")
}

func isClosed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "server closed idle connection") || strings.Contains(err.Error(), "GOAWAY")
}
