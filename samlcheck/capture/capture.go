// Package capture reads what somebody recorded of a login, and makes a
// transcript of it: a HAR file of Chrome, Firefox, Safari or Fiddler, an export
// of SAML-tracer in its old or its new shape, or one message as it was pasted.
//
//	res, err := capture.Read(file, capture.Options{IdP: metadata})
//	res.Record // as if it had been driven: one run for each login that was seen
//
// What a browser did by itself becomes the hops of a login, cut of its secrets
// by package browser as every page is; the AuthnRequest and the Response stand in
// its step. Responses are verified with the certificates of the identity
// provider's metadata, and with nothing else: a certificate in the message is
// what a forger would bring along.
//
// A file may be large, cut off in the middle or not what its name says. It is
// read as a stream, long bodies are skipped (clip.go), and of one that is cut off
// what was read until then is used, and said so.
//
// It refuses to judge, and to say that a login worked: a capture has no controls.
package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Options says what is known beside the file.
type Options struct {
	SP, IdP *metadata.Doc // nil where none is given
}

// Result is what was read.
type Result struct {
	Kind   string            // "HAR", "SAML-tracer export", "SAMLResponse", "AuthnRequest"
	Record transcript.Record // one run for each login
	Began  time.Time         // of the trace, by its own clock
	Ended  time.Time
	Hosts  []string // of the service provider, as far as they are seen
	Known  []string // all hosts that the messages and pages name: whose they are is no secret
	Seen   int      // requests in the file
	Notes  []string // what a reader should know: cut off, cookies taken out
	Secret []string // other people's addresses on the pages, which must not be kept
}

// ErrNothing says that the file was read and that no SAML message is in it.
var ErrNothing = errors.New("no SAML message is in it")

// Error is a file that cannot be used, with what to do.
type Error struct {
	Problem string
	Advice  string
	err     error
}

func (e *Error) Error() string { return "capture: " + e.Problem }
func (e *Error) Unwrap() error { return e.err }

// Hint says what to do about it.
func (e *Error) Hint() string { return e.Advice }

const howToRecord = "record in a private window with \"preserve log\" on, from before the login until it has failed, and export a HAR with content"

// Read reads a capture. It fails with an *Error where the content is none, or
// where it holds no SAML message. It closes nothing.
func Read(r io.Reader, o Options) (*Result, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(64 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("capture: %w", err)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(text) == 0:
		return nil, &Error{Problem: "the file is empty", Advice: howToRecord}
	case text[0] == '{':
		return o.readJSON(in)
	case text[0] == '[':
		return nil, &Error{Problem: "this is a JSON list, and neither a HAR nor a SAML-tracer export", Advice: howToRecord}
	case binary(text):
		return nil, &Error{Problem: "this is binary data, and no capture" + kindOf(text), Advice: howToRecord}
	}
	return o.readPasted(in)
}

// binary says whether text holds what no text does.
func binary(text []byte) bool {
	return bytes.IndexByte(text, 0) >= 0 || !utf8ish(text)
}

func utf8ish(text []byte) bool {
	odd := 0
	for _, b := range text {
		if b < 0x20 && b != '\n' && b != '\r' && b != '\t' {
			odd++
		}
	}
	return odd*50 < len(text)
}

func kindOf(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte("PK")):
		return " (it is an archive: unpack it first)"
	case bytes.HasPrefix(text, []byte("\x1f\x8b")):
		return " (it is compressed: gunzip it first)"
	}
	return ""
}

// record is a transcript of the logins.
func record(face, kind string, logins []transcript.Step, people []transcript.Person) transcript.Record {
	rec := transcript.Record{Face: face, Browser: "capture: " + kind, RunID: "captured", People: people}
	for i, step := range logins {
		t := named(i)
		step.Name, step.Person = "login", string(trial.Known)
		step.Do = "a login that was captured"
		rec.Runs = append(rec.Runs, transcript.Run{
			ID: fmt.Sprintf("%s/%03d", face, i), Seq: i, Trial: t.Name, Key: t.Key(), Part: string(t.Part), Began: step.Began,
			Steps: []transcript.Step{step},
		})
	}
	return rec
}

// named makes a login of the capture one of those that the checks ask for: the
// first is the clean login, the second the one after it.
func named(i int) trial.Trial {
	switch i {
	case 0:
		return trial.Clean()
	case 1:
		return trial.CleanAgain()
	case 2:
		return trial.CleanLast()
	}
	t := trial.Clean()
	t.Name = fmt.Sprintf("captured-%d", i+1)
	return t
}

// faceOf tells whose messages these are, by issuer and host; "other" where that
// is nobody's that is known here.
func faceOf(issuer string, hosts []string) string {
	all := append([]string{issuer}, hosts...)
	switch {
	case slices.ContainsFunc(all, func(s string) bool {
		return strings.Contains(s, "sts.windows.net/") || strings.Contains(s, "login.microsoftonline.")
	}):
		return "entra"
	case slices.ContainsFunc(all, func(s string) bool {
		return strings.HasPrefix(s, "http://www.okta.com/") || strings.Contains(s, ".okta.com") || strings.Contains(s, ".oktapreview.com") ||
			strings.Contains(s, ".okta-emea.com") || strings.HasSuffix(s, ".okta.example")
	}):
		return "okta"
	}
	return "other"
}
