package samepage

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Running is a workspace that listens.
type Running struct {
	URL         string // the public front page, without the last slash
	MetadataURL string
	LoginURL    string // where an SP-initiated login begins
	HomeURL     string // the page that a member sees
	AdminToken  string
	Server      *Server

	http *http.Server
	done chan error
}

// Start makes a workspace and serves it, on a port of the kernel's choice
// unless the options say otherwise.
func Start(o Options) (*Running, error) {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(context.Background(), "tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("samepage: listen: %w", err)
	}
	if o.BaseURL == "" {
		o.BaseURL = "http://" + ln.Addr().String()
		if o.TLS != nil {
			o.BaseURL = "https://" + ln.Addr().String()
		}
	}
	if o.TLS != nil {
		ln = tls.NewListener(ln, o.TLS)
	}
	s, err := New(o)
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	r := &Running{
		URL: s.at(""), MetadataURL: s.at("/saml/metadata"), LoginURL: s.at("/login/sso"), HomeURL: s.at("/home"),
		AdminToken: s.opt.AdminToken, Server: s, done: make(chan error, 1),
		http: &http.Server{
			Handler:           s,
			ReadHeaderTimeout: 10 * time.Second,
			ReadTimeout:       30 * time.Second,
			ErrorLog:          log.New(io.Discard, "", 0), // a library does not print
		},
	}
	go func() { r.done <- r.http.Serve(ln) }()
	return r, nil
}

// Close stops serving, and waits a little for answers under way.
func (r *Running) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	err := r.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = r.http.Close()
	}
	if serveErr := <-r.done; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	if err != nil {
		return fmt.Errorf("samepage: close: %w", err)
	}
	return nil
}
