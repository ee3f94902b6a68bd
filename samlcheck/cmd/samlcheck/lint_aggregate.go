package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/aggregate"
	checkagg "example.com/samepage/samlcheck/checks/aggregate"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/xmlstream"
)

// aggregateGC keeps the heap small where the document is large.
const aggregateGC = 40

// headSize is how far into a document its root is looked for.
const headSize = 64 << 10

// opened is a document that may be larger than memory should hold.
type opened struct {
	*bufio.Reader
	close func() error
	name  string
}

// open begins to read a file or standard input.
func (a *app) open(where string) (*opened, error) {
	if where == "-" {
		return &opened{bufio.NewReaderSize(a.in, headSize), func() error { return nil }, "standard input"}, nil
	}
	f, err := os.Open(where)
	if err != nil {
		return nil, usageError{fmt.Errorf("lint: %w", err)}
	}
	return &opened{bufio.NewReaderSize(f, headSize), f.Close, where}, nil
}

// many says whether the document that is about to be read is an aggregate.
func (o *opened) many() bool {
	head, _ := o.Peek(headSize) // what cannot be read is told when it is read
	s := xmlstream.New(bytes.NewReader(head))
	for {
		t, err := s.Next()
		if err != nil || t.Kind == xmlstream.EOF {
			return false
		}
		if t.Kind == xmlstream.Start {
			return t.Local == "EntitiesDescriptor"
		}
	}
}

// lintOne lints one argument: a single entity by the whole catalogue, an
// aggregate by the rules of one pass, and one entity of an aggregate, if it is
// named, by the whole catalogue again.
func (a *app) lintOne(ctx context.Context, where, entity string) (report.Face, error) {
	switch {
	case entity != "":
		return a.lintEntity(where, entity)
	case strings.Contains(where, "://"):
		return a.lintAddress(ctx, where)
	}
	o, err := a.open(where)
	if err != nil {
		return report.Face{}, err
	}
	defer o.close() //nolint:errcheck // only read
	if o.many() {
		if face, n, err := a.scanned(o.name, o); n != 1 || err != nil || where == "-" {
			return face, err
		}
	}
	if where == "-" {
		a.in = o
	}
	doc, err := a.document(ctx, where)
	if err != nil {
		return report.Face{}, err
	}
	return lint(doc)
}

// lintAddress fetches; what turns out to hold many entities is fetched again as
// a stream.
func (a *app) lintAddress(ctx context.Context, where string) (report.Face, error) {
	doc, err := a.document(ctx, where)
	if err == nil {
		return lint(doc)
	}
	if !errors.Is(err, metadata.ErrSeveral) {
		return report.Face{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, where, nil)
	if err != nil {
		return report.Face{}, usageError{fmt.Errorf("lint: %w", err)}
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return report.Face{}, fmt.Errorf("lint: %s does not answer: %w", where, err)
	}
	defer resp.Body.Close()
	face, _, err := a.scanned(where, resp.Body)
	return face, err
}

// seekable opens a file in which an entity can be looked for.
func (a *app) seekable(where string) (*os.File, error) {
	f, err := os.Open(where)
	if err != nil {
		return nil, usageError{fmt.Errorf("--entity needs a file to look in: %w", err)}
	}
	return f, nil
}

func (a *app) lintEntity(where, entity string) (report.Face, error) {
	f, err := a.seekable(where)
	if err != nil {
		return report.Face{}, err
	}
	defer f.Close()
	doc, err := aggregate.Entity(f, where, entity)
	if err != nil {
		return report.Face{}, err
	}
	return lint(doc)
}

// scanned is one pass over an aggregate. What was found before a fault in the
// document is printed all the same.
func (a *app) scanned(name string, from io.Reader) (report.Face, int, error) {
	debug.SetGCPercent(aggregateGC)
	r, err := aggregate.Scan(from, aggregate.Options{Source: name, Now: time.Now(), Trust: a.trust})
	if r.Entities == 0 {
		return report.Face{}, 0, err
	}
	if r.Entities > 1 || err != nil {
		fmt.Fprintf(a.err, "%s: %d entities (%d service providers, %d identity providers), %d certificates (%d different), %s\n",
			name, r.Entities, r.SPs, r.IdPs, r.Certificates, r.Distinct, signatureWords(r.Signature))
	}
	face := weighed(r)
	if err != nil {
		face.Cut = err.Error()
	}
	return face, r.Entities, err
}

func signatureWords(g aggregate.Signature) string {
	switch {
	case !g.Present:
		return "not signed"
	case g.Problem != "":
		return "signed, but " + g.Problem
	case g.Trusted:
		return "signed by the key that was given"
	}
	return "signed by the key that comes with it (SHA-256 " + g.Key[:16] + "...): give --certificate to trust it"
}

// weighed turns counts into findings, one for each rule.
func weighed(r *aggregate.Result) report.Face {
	ids := aggregate.IDs()
	var of []samlcheck.Check
	for _, c := range suite.Catalogue() {
		switch {
		case c.Level == samlcheck.Info && r.Holds(c.ID):
			// nothing to know
		case c.Reads == samlcheck.Aggregate && len(c.Trials) == 0:
			of = append(of, c)
		case slices.Contains(ids, c.ID):
			// The rule of a check on one document, held against all.
			c.Reads = samlcheck.Aggregate
			c.Judge = func(k *samlcheck.Case) samlcheck.Verdict {
				return checkagg.Weigh(k.Whole.Offences[c.ID], fmt.Sprintf("so in each of %d entities", k.Whole.Entities), "not so in these")
			}
			of = append(of, c)
		}
	}
	p := engine.NewPlan(of, engine.Permission{})
	rec := transcript.Record{Face: r.Source}
	return report.FaceOf(rec, engine.Judge(p, engine.Docs{Whole: r}, rec, time.Now()), nil)
}

// trusted reads the certificate of an aggregate's operator, PEM or DER.
func (a *app) trusted(path string) error {
	if path == "" {
		return nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return usageError{fmt.Errorf("lint: --certificate: %w", err)}
	}
	if block, _ := pem.Decode(raw); block != nil {
		raw = block.Bytes
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		return usageError{fmt.Errorf("lint: --certificate: %s holds no certificate: %w", path, err)}
	}
	a.trust = append(a.trust, cert)
	return nil
}
