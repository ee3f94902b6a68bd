package actor

import (
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/samepage/samlcheck/forge"
)

// ear is an address of the harness on loopback that counts who asks it: a
// service provider that does has followed an address out of a message that it
// could not trust yet. It says nothing worth having.
type ear struct {
	url    string
	heard  atomic.Int64
	server *http.Server
}

// listen opens an ear where one is needed and may be offered: nil otherwise,
// and the mutation will say that it has no address.
func (s *Stage) listen(ms []forge.Mutation) (*ear, error) {
	need := false
	for _, m := range ms {
		need = need || m.Calls
	}
	if !need || !s.CallBack {
		return nil, nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a loopback port; nothing is looked up
	if err != nil {
		return nil, fmt.Errorf("actor: no port for call-backs: %w", err)
	}
	e := &ear{url: "http://" + l.Addr().String() + "/called"}
	e.server = &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		e.heard.Add(1)
		w.Header().Set("Content-Type", "application/xml-dtd")
	})}
	go func() { _ = e.server.Serve(l) }() // ends when the ear is closed
	return e, nil
}

// at is the ear's address, "" without one.
func (e *ear) at() string {
	if e == nil {
		return ""
	}
	return e.url
}

// shut closes the ear and says how often it was asked.
func (e *ear) shut() int {
	if e == nil {
		return 0
	}
	_ = e.server.Close()
	return int(e.heard.Load())
}
